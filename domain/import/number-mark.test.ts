import { expect, it } from "vitest";
import { numberMark } from "./number-mark";

it.each([
  ["第一部分 执行情况", "division", "第一部分 ", 1],
  ["第十二章 附则", "division", "第十二章 ", 12],
  ["二十一、结语", "part", "二十一、", 21],
  ["十．农业", "part", "十．", 10],
  ["（三）工业", "chapter", "（三）", 3],
  ["( 四 ) 农业", "chapter", "( 四 ) ", 4],
  ["1.2 农业", "legal", "1.2 ", 2],
  ["1. 投资", "item", "1. ", 1],
  ["12、消费", "item", "12、", 12],
  ["３．出口", "item", "３．", 3],
  ["⒉出口", "item", "⒉", 2],
  ["（1）甲", "point", "（1）", 1],
  ["2）乙", "point", "2）", 2],
  ["⑶丙", "point", "⑶", 3],
  ["②丁", "circle", "②", 2],
])("%s is numbered", (text, style, printed, ordinal) => {
  expect(numberMark(text)).toEqual({ style, printed, ordinal });
});

it.each(["2024年上半年", "1.5亿元", "3、4月份", "一、二、三产业", "一是抓项目", "13项指标", "1:2", "一、", "（一）"])(
  "%s is not",
  (text) => {
    expect(numberMark(text)).toBeNull();
  },
);
