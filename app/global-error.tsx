"use client";

import "./globals.css";
import { ErrorScreen } from "./error-screen";

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="zh-CN">
      <body>
        <ErrorScreen digest={error.digest} retry={() => window.location.reload()} />
      </body>
    </html>
  );
}
