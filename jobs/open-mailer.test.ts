import { expect, test } from "vitest";
import { withDefaults } from "./open-mailer";

test.each([
  ["smtp://user:secret@mail.example.gov.cn:587", true],
  ["smtp://user:secret@10.0.0.8", true],
  ["smtp://user:secret@mail.example.gov.cn?requireTLS=false", false],
  ["smtp://user:secret@mail.example.gov.cn?ignoreTLS=true", false],
  ["smtp://mail.example.gov.cn:25", false],
  ["smtp://user:secret@127.0.0.1:2525", false],
  ["smtp://user:secret@localhost:2525", false],
  ["smtps://user:secret@mail.example.gov.cn", false],
])("%s insists on encryption by itself: %s", (url, insists) => {
  expect(withDefaults(url).includes("requireTLS=true")).toBe(insists);
});
