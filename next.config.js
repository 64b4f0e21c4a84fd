import createNextIntlPlugin from "next-intl/plugin";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=()" },
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` checks the types, of tests and tools too; a first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // A reverse proxy compresses; our own large answers are compressed once and kept (see the reading page).
  serverExternalPackages: [
    "@myriaddreamin/typst-ts-node-compiler",
    "@node-rs/argon2",
    "postgres",
    "pino",
    "chinese-days",
    "exceljs",
  ],
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
      // Next takes Content-Encoding away from what a route handler answers; the reading page is kept compressed, so the
      // header is set here, on the same condition on which that route sends gzip.
      {
        source: "/editions/:edition",
        has: [{ type: "header", key: "accept-encoding", value: ".*\\bgzip\\b.*" }],
        headers: [{ key: "Content-Encoding", value: "gzip" }],
      },
      {
        source: "/fonts/:path*",
        headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
      },
    ];
  },
};

export default createNextIntlPlugin("./app/_server/i18n.ts")(config);
