import { AppError } from "../errors.ts";

/**
 * Refuses a request that a page of another site made the browser send. A browser says so itself (`Sec-Fetch-Site`, `Origin`);
 * a program sends neither header and carries no cookie that could be abused.
 * Our own are the address in the Host header and, where a proxy stands before us, the one people type (`publicUrl`).
 */
export function assertSameOrigin(request: Request, publicUrl: string | undefined): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null && site !== "same-origin" && site !== "none") throw foreign();
  if (origin === null) return;
  const ours = [request.headers.get("host"), publicUrl && new URL(publicUrl).host];
  if (!URL.canParse(origin) || !ours.includes(new URL(origin).host)) throw foreign();
}

function foreign(): AppError {
  return new AppError("forbidden", {
    ru: "Запрос пришёл с чужой страницы. Откройте приложение и повторите.",
    en: "The request came from a page of another site. Open the app and try again.",
  });
}
