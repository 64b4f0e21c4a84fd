/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: ["postgres"],
  // Next takes Content-Encoding away from a route handler's answer; the product sets it here too.
  headers: async () => [{ source: "/bytes", headers: [{ key: "Content-Encoding", value: "gzip" }] }],
};
