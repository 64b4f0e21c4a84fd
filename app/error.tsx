"use client";

import { ErrorScreen } from "./error-screen";

export default function PageError({ error }: { error: Error & { digest?: string } }) {
  return <ErrorScreen digest={error.digest} retry={() => window.location.reload()} />;
}
