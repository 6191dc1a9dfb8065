//! The collection backend's side of the contract, spoken over HTTP: one story for each matter, told on SQLite and on
//! PostgreSQL. Together the stories run every query of the backend on both.

mod call;
mod comparing;
mod correcting;
mod deciding;
mod describing;
mod importing;
mod leasing;
mod looking;
mod signing_in;
mod telling;

/// Tells each story on both.
macro_rules! stories {
    ($($matter:ident: $($story:ident),+;)+) => {
        mod sqlite {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::$matter::$story(tests::backend::Dialect::Sqlite).await;
            })+)+
        }
        mod postgres {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::$matter::$story(tests::backend::Dialect::Postgres).await;
            })+)+
        }
    };
}

stories! {
    signing_in:
        a_right_password_opens_a_session_that_ends,
        a_wrong_password_is_refused_without_saying_why,
        five_wrong_passwords_earn_a_pause,
        a_new_password_ends_old_sessions,
        accounts_have_rules;
    importing:
        a_folder_is_queued_once,
        a_student_uploads_again_only_when_it_is_their_turn,
        a_list_of_batches_fills_the_demo;
    leasing:
        what_came_first_is_leased_first,
        two_reviewers_never_get_the_same_submission,
        a_lease_ends_unless_it_is_renewed,
        a_released_submission_is_free_at_once,
        a_desk_finds_its_leases_again,
        a_photo_is_for_whoever_may_see_it;
    deciding:
        a_decision_is_applied_once,
        the_same_decision_from_everywhere_at_once_is_one,
        an_id_means_one_decision,
        only_the_holder_of_a_live_lease_decides,
        a_refused_decision_lets_go_at_once,
        what_does_not_belong_together_is_refused,
        a_decision_keeps_to_the_catalogue_it_was_made_under,
        a_decision_is_never_edited;
    correcting:
        a_correction_takes_the_place_and_the_student_hears_again,
        a_correction_that_comes_too_late_is_refused,
        of_many_corrections_at_once_one_holds;
    looking:
        a_life_is_told_from_the_first_attempt,
        a_search_finds_what_one_may_see,
        the_floor_counts_the_day,
        what_is_set_aside_is_for_somebody_else,
        overtime_is_a_supervisors_to_allow,
        how_large_the_blind_sample_is_a_supervisor_sets;
    comparing:
        the_same_shot_of_another_is_named,
        whoever_has_the_earlier_one_in_hand_hears_of_the_later,
        a_student_may_try_again_but_not_with_another_credentials_photo,
        a_shot_is_known_after_a_restart_and_strangers_are_never_named,
        a_known_photo_is_found_and_reviewed_by_nobody;
    telling:
        a_student_hears_once_even_if_the_worker_dies,
        a_channel_in_trouble_is_tried_again_later,
        a_message_that_can_never_arrive_is_given_up,
        the_inbox_shows_what_was_said,
        the_inbox_is_closed_to_strangers;
    describing:
        the_rules_are_served_and_a_version_means_one_thing,
        everything_wrong_is_an_error_of_the_contract;
}
