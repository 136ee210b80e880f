import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  agentRules: false,
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // The image optimizer has had holes of the worst kind; we serve no foreign pictures and do without it.
  images: { unoptimized: true },
  // The proxy keeps a copy of each body in memory; the one door that takes more is past it.
  experimental: { proxyClientMaxBodySize: "1mb" },
  serverExternalPackages: [
    "exceljs",
    "koffi",
    "onnxruntime-node",
    "@node-rs/argon2",
    "pdfkit",
    "pg-boss",
    "prom-client",
    "rate-limiter-flexible",
  ],
};

export default createNextIntlPlugin("./app/_i18n/request.ts")(config);
