//! Every command the window may call, each one `desk` call. Their TypeScript is generated from here.

use crate::demo::DemoView;
use crate::error::{Answer, told};
use crate::files;
use chrono::NaiveDate;
use desk::Desk;
use desk::domain::{AsideKind, DecisionId, Look, MessageCard, ReasonCatalogue, ReasonCode, SubmissionId, Verdict};
use desk::view::{
    BundleView, DayView, DecisionView, ExportView, FloorView, LifeView, Mark, PhotoView, PlaceView, ProgressView,
    QueueView, SearchView, SessionView, Settings, SignedOutView, UpdateView,
};
use serde::Serialize;
use specta::Type;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Runtime, State, Wry};
use tauri_plugin_dialog::DialogExt;
use tauri_specta::{Builder, collect_commands};

/// What does not change while the program runs.
#[derive(Clone, Serialize, Type)]
pub struct StartInfo {
    pub version: String,
    pub backend_url: String,
    pub data_dir: String,
    /// Whether an address is configured where a newer program would be announced.
    pub updates: bool,
    /// Present where the desk runs a collection backend of its own.
    pub demo: Option<DemoView>,
}

/// Where audit files are written and looked for.
pub struct AuditFolder(pub PathBuf);

pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::new().disable_serde_phases().commands(collect_commands![
        start_info,
        session,
        sign_in,
        sign_out,
        queue,
        photo,
        place,
        keep_place,
        reasons,
        preview_message,
        pass_photo,
        reject_photo,
        undo_decision,
        acknowledge_refusal,
        preview_correction,
        correct_decision,
        set_aside,
        life,
        search,
        my_day,
        floor,
        allow_overtime,
        set_blind_percent,
        settings,
        save_settings,
        export_audit,
        progress,
        cancel,
        newer_version,
        audit_files,
        // For its type only: the handler takes any runtime.
        choose_audit_file::<Wry>,
        open_audit,
        audit_photo,
        mark_decision,
    ])
}

pub fn write_bindings(path: &Path) -> Result<(), specta_typescript::Error> {
    builder::<Wry>().export(specta_typescript::Typescript::default(), path)
}

#[tauri::command]
#[specta::specta]
async fn start_info(info: State<'_, StartInfo>) -> Answer<StartInfo> {
    Ok(info.inner().clone())
}

#[tauri::command]
#[specta::specta]
async fn session(desk: State<'_, Desk>) -> Answer<SessionView> {
    Ok(desk.session())
}

#[tauri::command]
#[specta::specta]
async fn sign_in(desk: State<'_, Desk>, username: String, password: String) -> Answer<SessionView> {
    desk.sign_in(&username, &password).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn sign_out(desk: State<'_, Desk>) -> Answer<SignedOutView> {
    desk.sign_out().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn queue(desk: State<'_, Desk>) -> Answer<QueueView> {
    desk.queue().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn photo(desk: State<'_, Desk>, submission: SubmissionId) -> Answer<PhotoView> {
    desk.photo(submission).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn place(desk: State<'_, Desk>) -> Answer<PlaceView> {
    desk.place().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn keep_place(desk: State<'_, Desk>, place: PlaceView) -> Answer<()> {
    desk.keep_place(place).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn reasons(desk: State<'_, Desk>) -> Answer<ReasonCatalogue> {
    desk.reasons().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn preview_message(
    desk: State<'_, Desk>,
    submission: SubmissionId,
    verdict: Verdict,
    reasons: Vec<ReasonCode>,
    note: String,
) -> Answer<MessageCard> {
    desk.preview_message(submission, verdict, &reasons, &note)
        .await
        .map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn pass_photo(desk: State<'_, Desk>, submission: SubmissionId, look: Option<Look>) -> Answer<DecisionView> {
    desk.pass_photo(submission, look).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn reject_photo(
    desk: State<'_, Desk>,
    submission: SubmissionId,
    reasons: Vec<ReasonCode>,
    note: String,
    look: Option<Look>,
) -> Answer<DecisionView> {
    desk.reject_photo(submission, &reasons, &note, look).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn undo_decision(desk: State<'_, Desk>, decision: DecisionId) -> Answer<SubmissionId> {
    desk.undo_decision(decision).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn acknowledge_refusal(desk: State<'_, Desk>, decision: DecisionId) -> Answer<()> {
    desk.acknowledge_refusal(decision).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn preview_correction(
    desk: State<'_, Desk>,
    decision: DecisionId,
    verdict: Verdict,
    reasons: Vec<ReasonCode>,
    note: String,
) -> Answer<MessageCard> {
    desk.preview_correction(decision, verdict, &reasons, &note)
        .await
        .map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn correct_decision(
    desk: State<'_, Desk>,
    decision: DecisionId,
    verdict: Verdict,
    reasons: Vec<ReasonCode>,
    note: String,
) -> Answer<DecisionView> {
    desk.correct_decision(decision, verdict, &reasons, &note)
        .await
        .map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn set_aside(desk: State<'_, Desk>, submission: SubmissionId, kind: AsideKind, note: String) -> Answer<()> {
    desk.set_aside(submission, kind, &note).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn life(desk: State<'_, Desk>, submission: SubmissionId) -> Answer<LifeView> {
    desk.life(submission).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn search(desk: State<'_, Desk>, text: String) -> Answer<SearchView> {
    desk.search(&text).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn my_day(desk: State<'_, Desk>) -> Answer<DayView> {
    desk.my_day().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn floor(desk: State<'_, Desk>) -> Answer<FloorView> {
    desk.floor().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn allow_overtime(desk: State<'_, Desk>, allowed: bool) -> Answer<()> {
    desk.allow_overtime(allowed).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn set_blind_percent(desk: State<'_, Desk>, percent: u32) -> Answer<()> {
    desk.set_blind_percent(percent).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn settings(desk: State<'_, Desk>) -> Answer<Settings> {
    desk.settings().await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn save_settings(desk: State<'_, Desk>, settings: Settings) -> Answer<Settings> {
    desk.save_settings(settings).await.map_err(told)
}

/// Writes the decisions of `from` to `to`, both included, to `path`, or to a file of the audit folder named after them.
#[tauri::command]
#[specta::specta]
async fn export_audit(
    desk: State<'_, Desk>,
    folder: State<'_, AuditFolder>,
    from: NaiveDate,
    to: NaiveDate,
    path: Option<String>,
) -> Answer<ExportView> {
    let path = path.map_or_else(|| files::audit_file(&folder.0, from, to), PathBuf::from);
    desk.export_audit(from, to, &path).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn progress(desk: State<'_, Desk>) -> Answer<Option<ProgressView>> {
    Ok(desk.progress())
}

#[tauri::command]
#[specta::specta]
async fn cancel(desk: State<'_, Desk>) -> Answer<()> {
    desk.cancel();
    Ok(())
}

#[tauri::command]
#[specta::specta]
async fn newer_version(desk: State<'_, Desk>, info: State<'_, StartInfo>) -> Answer<Option<UpdateView>> {
    desk.newer_version(&info.version).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn audit_files(folder: State<'_, AuditFolder>) -> Answer<Vec<files::AuditFile>> {
    Ok(files::audit_files(&folder.0))
}

#[tauri::command]
#[specta::specta]
async fn choose_audit_file<R: Runtime>(app: AppHandle<R>) -> Answer<Option<String>> {
    let (answer, chosen) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .add_filter("audit", &[files::AUDIT_EXTENSION])
        .pick_file(move |path| {
            // The window may have been closed meanwhile; then nobody waits for the answer.
            let _ = answer.send(path);
        });
    Ok(chosen.await.ok().flatten().map(|path| path.to_string()))
}

#[tauri::command]
#[specta::specta]
async fn open_audit(desk: State<'_, Desk>, path: String) -> Answer<BundleView> {
    desk.open_audit(path.as_ref()).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn audit_photo(desk: State<'_, Desk>, decision: DecisionId) -> Answer<PhotoView> {
    desk.audit_photo(decision).await.map_err(told)
}

#[tauri::command]
#[specta::specta]
async fn mark_decision(desk: State<'_, Desk>, decision: DecisionId, right: bool, note: String) -> Answer<Mark> {
    desk.mark_decision(decision, right, &note).await.map_err(told)
}
