import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Button } from "./button";
import { ErrorSummary } from "./error-summary";
import { Checkbox, Select, TextField } from "./field";
import { Icon } from "./icon";
import { Notice } from "./notice";
import { Status } from "./status";
import { Tabs } from "./tabs";

describe("what the components send from the server", () => {
  it("ties a field's error and hint to its control, and the list at the top to the field", () => {
    const field = renderToStaticMarkup(
      <TextField name="account" label="账号" hint="由管理员分配" error="请填写账号" />,
    );
    expect(field).toContain('<label for="account"');
    expect(field).toMatch(/<input[^>]* aria-describedby="account-error account-hint"/);
    expect(field).toMatch(/<input[^>]* aria-invalid="true"/);
    expect(field).toContain('id="account-error"');
    expect(field).toContain('id="account-hint"');

    const list = renderToStaticMarkup(
      <ErrorSummary title="有1处需要修改" errors={[{ field: "account", message: "请填写账号" }]} />,
    );
    expect(list).toContain('href="#account"');
  });

  it("says nothing about errors on a field that has none", () => {
    const field = renderToStaticMarkup(<TextField name="account" label="账号" />);
    expect(field).not.toContain('aria-invalid="');
    expect(field).not.toContain("aria-describedby");
    expect(renderToStaticMarkup(<ErrorSummary title="有错" errors={[]} />)).toBe("");
  });

  it("keeps a blocked or pending button from sending its form, and says the reason", () => {
    const blocked = renderToStaticMarkup(<Button blocked="期限已过；综合股可以重开">上报</Button>);
    expect(blocked).toContain('type="button"');
    expect(blocked).toContain('aria-disabled="true"');
    const reason = /aria-describedby="([^"]+)"/.exec(blocked)?.[1];
    expect(blocked).toContain(`id="${reason}"`);
    expect(blocked).toContain("期限已过；综合股可以重开");

    expect(renderToStaticMarkup(<Button pending>上报</Button>)).toContain('type="button"');
    expect(renderToStaticMarkup(<Button>上报</Button>)).toContain('type="submit"');
  });

  it("writes no inline style, which the content security policy refuses", () => {
    const page = renderToStaticMarkup(
      <>
        <Tabs
          label="参考"
          items={[
            { id: "a", label: "要求", content: "写清数据来源" },
            { id: "b", label: "上期", content: "" },
          ]}
        />
        <Select name="organ" label="单位" options={[{ value: "1", label: "农业农村局" }]} />
        <Checkbox name="open" label="不涉密" />
        <Notice tone="error">没有保存</Notice>
        <Status tone="approved">已通过</Status>
        <Icon name="seal" label="已封存" />
      </>,
    );
    expect(page).toContain("写清数据来源");
    expect(page).not.toMatch(/<style|\sstyle=/);
  });
});
