import { AppError } from "../errors.ts";

/**
 * Refuses a request that a page of another site made the browser send. A browser says so itself (`Sec-Fetch-Site`, `Origin`);
 * a program sends neither header and carries no cookie that could be abused.
 * `publicUrl` is the address people type, where a proxy stands before us; without it the Host header counts.
 */
export function assertSameOrigin(request: Request, publicUrl?: string): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null && site !== "same-origin" && site !== "none") throw foreign();
  if (origin === null) return;
  const ours = publicUrl ? new URL(publicUrl).host : request.headers.get("host");
  if (!URL.canParse(origin) || new URL(origin).host !== ours) throw foreign();
}

function foreign(): AppError {
  return new AppError("forbidden", {
    ru: "Запрос пришёл с чужой страницы. Откройте приложение и повторите.",
    en: "The request came from a page of another site. Open the app and try again.",
  });
}
