//! Invented students: Chinese names that fit the sitter, identity numbers of a region that does not exist.

use crate::math::Rng;
use crate::sitter::Sex;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const WOMEN: &str = "雨欣 思颖 梦瑶 佳怡 晓彤 静怡 诗涵 雅婷 婉清 欣妍 若曦 紫萱 嘉琪 慧敏 丽娟 雪莹 可馨 语桐 芷若 文静 心怡 海燕 春梅 玉洁 秋月 婷婷 晓燕 佩珊 咏诗 倩 颖 琳 洁 蕾 悦 楠 丹 莉 薇 瑾 彦君 舒窈 乐瑶 依诺 沁怡 子涵 安琪 沛玲 映雪 书瑶";
const MEN: &str = "浩然 子轩 宇航 俊杰 志强 文博 建国 明哲 嘉豪 天佑 思远 泽宇 一鸣 家辉 伟杰 晓峰 振宇 国栋 永康 立诚 睿 鹏 磊 涛 凯 强 勇 超 斌 辉 鑫 旭 晨 博文 锦程 致远 绍东 梓豪 景行 承志 启铭 海涛 云飞 少华 卓然 柏霖 文韬 志远 家乐 逸飞";

pub struct Student {
    pub name: String,
    pub id_number: String,
    pub student_no: String,
    pub email: String,
}

impl Student {
    /// `index` is unique in its batch, `batch` among the batches.
    pub fn of(seed: u64, sex: Sex, batch: usize, index: usize) -> Student {
        let r = &mut Rng::new(seed, 61);
        let surname = pick_char(r, SURNAMES);
        let given: Vec<&str> = if sex == Sex::Female { WOMEN } else { MEN }.split(' ').collect();
        let name = format!("{surname}{}", given[r.below(given.len())]);
        let student_no = format!("2023{:02}{:02}{:04}", 10 + batch, 1 + r.below(24), index);
        Student {
            name,
            id_number: id_number(r, sex),
            email: format!("{student_no}@example.com"),
            student_no,
        }
    }
}

fn pick_char(r: &mut Rng, from: &str) -> char {
    let n = from.chars().count();
    from.chars().nth(r.below(n)).unwrap_or('王')
}

/// Eighteen digits: region 99xxxx, birthday, serial (odd for men), check digit.
fn id_number(r: &mut Rng, sex: Sex) -> String {
    loop {
        let region = 990_000 + 100 * (1 + r.below(30)) + 1 + r.below(20);
        let serial = 10 * r.below(100) + 2 * r.below(5) + usize::from(sex == Sex::Male);
        let body = format!(
            "{region:06}{}{:02}{:02}{serial:03}",
            2000 + r.below(5),
            1 + r.below(12),
            1 + r.below(28)
        );
        // A tenth of the numbers would end in X; these students have digits only.
        if let Some(check) = check_digit(&body).filter(|c| *c != 'X') {
            return format!("{body}{check}");
        }
    }
}

/// GB 11643: the sum of the weighted digits, mod 11, leads to the last character.
pub fn check_digit(first_17: &str) -> Option<char> {
    let mut sum = 0;
    for (i, c) in first_17.chars().enumerate() {
        sum += c.to_digit(10)? * (2u32.pow(17 - i as u32) % 11);
    }
    "10X98765432".chars().nth((sum % 11) as usize)
}
