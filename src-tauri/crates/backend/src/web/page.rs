//! The inbox as HTML. Every word from outside goes through [`Text`], which escapes it.

use crate::storage::inbox::{Delivered, Progress};
use domain::calendar::shanghai;
use domain::{MessageCard, SubmissionState};
use std::fmt::{self, Display, Write};

/// How often a page looks for news by itself.
const REFRESH_S: u32 = 5;

/// The steps of the collection as a student knows them.
const STEPS: [&str; 7] = [
    "登录",
    "身份验证",
    "拍照",
    "人工审核",
    "标准照片制作",
    "标准照片确认",
    "完成",
];

/// Text that is not HTML.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for char in self.0.chars() {
            match char {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                char => f.write_char(char)?,
            }
        }
        Ok(())
    }
}

pub fn list(key: &str, total: i64, latest: &[Delivered]) -> String {
    let mut body = format!("<header><h1>学生收件箱</h1><p data-messages=\"{total}\">共 {total} 条消息</p></header>\n");
    if latest.is_empty() {
        body.push_str("<p class=\"empty\">还没有消息。审核结果发出后会出现在这里。</p>\n");
    }
    for delivered in latest {
        let link = format!("/inbox/{}/{}", Text(key), delivered.student);
        body.push_str(&card(
            delivered,
            &format!("<a class=\"more\" href=\"{link}\">查看详情</a>"),
        ));
    }
    document("学生收件箱", &body)
}

pub fn student(key: &str, progress: &Progress, messages: &[Delivered]) -> String {
    let mut body = format!(
        "<nav><a href=\"/inbox/{}\">‹ 全部消息</a></nav>\n<header><h1>审核进度</h1><p>{} · {}</p></header>\n{}",
        Text(key),
        Text(&progress.school),
        Text(&progress.title),
        steps(progress.state)
    );
    for delivered in messages {
        body.push_str(&card(delivered, &details(&delivered.card)));
    }
    document("照片审核结果提醒", &body)
}

/// 照片审核结果提醒, in the manner of a service notice.
fn card(delivered: &Delivered, below: &str) -> String {
    let MessageCard {
        name,
        status,
        time,
        remark,
        ..
    } = &delivered.card;
    let class = if delivered.card.reasons.is_empty() {
        "passed"
    } else {
        "rejected"
    };
    let rows: String = [
        ("姓名", name, ""),
        ("审核状态", status, class),
        ("审核时间", time, ""),
        ("备注", remark, ""),
    ]
    .into_iter()
    .map(|(label, value, class)| format!("<dt>{label}</dt><dd class=\"{class}\">{}</dd>", Text(value)))
    .collect();
    format!(
        "<article class=\"card\" data-status=\"{}\" data-decision=\"{}\">\n\
         <p class=\"from\"><span class=\"mark\">照</span>毕业照片采集<time>{}</time></p>\n\
         <h2>照片审核结果提醒</h2>\n<dl>{rows}</dl>\n{below}\n</article>\n",
        Text(status),
        delivered.decision,
        shanghai(delivered.delivered_at).format("%m-%d %H:%M")
    )
}

/// What the card has no room for.
fn details(card: &MessageCard) -> String {
    let mut html = String::new();
    if card.corrects {
        html.push_str("<section class=\"note\"><p>本次结果更正了此前的审核结果，请以本次为准。</p></section>");
    }
    if card.reasons.is_empty() {
        html.push_str("<section><p>照片已通过审核，正在制作标准照片。</p></section>");
    } else {
        let reasons: String = card
            .reasons
            .iter()
            .map(|reason| {
                format!(
                    "<li><strong>{}</strong><p>{}</p></li>",
                    Text(&reason.label),
                    Text(&reason.advice)
                )
            })
            .collect();
        html.push_str(&format!(
            "<section><h3>不通过原因</h3><ol class=\"reasons\">{reasons}</ol>"
        ));
        html.push_str("<p>请按以上提示准备照片，然后重新采集。</p></section>");
    }
    if !card.note.is_empty() {
        html.push_str(&format!(
            "<section class=\"note\"><h3>审核员留言</h3><p>{}</p></section>",
            Text(&card.note)
        ));
    }
    html
}

fn steps(state: SubmissionState) -> String {
    let (current, class) = match state {
        SubmissionState::Withdrawn => (2, "current"),
        SubmissionState::PendingReview => (3, "current"),
        SubmissionState::Rejected => (3, "failed"),
        SubmissionState::Standardising => (4, "current"),
        SubmissionState::AwaitingConfirmation => (5, "current"),
        SubmissionState::Completed => (STEPS.len(), ""),
    };
    let items: String = STEPS
        .iter()
        .enumerate()
        .map(|(at, step)| match at {
            _ if at < current => format!("<li class=\"done\">{step}</li>"),
            _ if at == current => format!("<li class=\"{class}\" aria-current=\"step\">{step}</li>"),
            _ => format!("<li>{step}</li>"),
        })
        .collect();
    format!("<ol class=\"steps\" data-state=\"{}\">{items}</ol>\n", state.as_str())
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"refresh\" content=\"{REFRESH_S}\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{}\">\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        super::inbox::STYLE
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(
            Text("<b a=\"1\" c='2'>&").to_string(),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;"
        );
    }

    #[test]
    fn a_state_stands_at_its_step() {
        for (state, current) in [
            (
                SubmissionState::Withdrawn,
                "<li class=\"current\" aria-current=\"step\">拍照</li>",
            ),
            (
                SubmissionState::PendingReview,
                "<li class=\"current\" aria-current=\"step\">人工审核</li>",
            ),
            (
                SubmissionState::Rejected,
                "<li class=\"failed\" aria-current=\"step\">人工审核</li>",
            ),
            (
                SubmissionState::Standardising,
                "<li class=\"current\" aria-current=\"step\">标准照片制作</li>",
            ),
            (
                SubmissionState::AwaitingConfirmation,
                "<li class=\"current\" aria-current=\"step\">标准照片确认</li>",
            ),
            (SubmissionState::Completed, "<li class=\"done\">完成</li>"),
        ] {
            assert!(steps(state).contains(current), "{state:?}");
        }
    }
}
