import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each([
  ["/reports/a?b=1#c", "/reports/a?b=1#c"],
  ["https://evil.example/desk", "/desk"],
  ["//evil.example", "/desk"],
  ["/\\evil.example", "/desk"],
  ["/\t/evil.example", "/desk"],
  ["/a/..//evil.example", "/desk"],
  ["javascript:alert(1)", "/desk"],
  ["/sign-in?next=/sign-in", "/desk"],
  ["/api/auth/signout", "/desk"],
  ["", "/desk"],
  [undefined, "/desk"],
])("a redirect to %j goes to %j", (wanted, expected) => {
  expect(ownPath(wanted)).toBe(expected);
});
