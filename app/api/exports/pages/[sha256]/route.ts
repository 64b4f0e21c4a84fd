import { readPreviewPage } from "../../../../../domain/export/queries";
import { runApi } from "../../../../_server/run-api";
import { watching } from "../../../../_server/context";

type Params = { params: Promise<{ sha256: string }> };

/** One page of a preview as a picture; the same page has the same address, whichever preview it is in. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return runApi(
    request,
    "preview-page",
    async (ctx) => {
      const { sha256 } = await params;
      const page = await readPreviewPage(ctx, sha256);
      const headers = {
        "content-type": "image/svg+xml",
        etag: `"${sha256}"`,
        "cache-control": "private, no-cache",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      };
      if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
      return new Response(new Uint8Array(page), { headers });
    },
    watching,
  );
}
