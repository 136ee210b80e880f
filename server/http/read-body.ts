import { AppError } from "../errors.ts";

/**
 * Reads a request's body as UTF-8 text of at most `maxBytes`, counting what arrives and not what was declared.
 * Refuses a longer one as `invalid` with place "body:size", which the edge answers with 413.
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError(
      "invalid",
      { ru: "Тело запроса не в UTF-8.", en: "The request body is not UTF-8." },
      { place: "body", cause },
    );
  }
}

/** Parses JSON and refuses keys that would reach into an object's prototype, however they are escaped. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => {
      if (key === "__proto__" || (key === "constructor" && holdsPrototype(value))) throw new SyntaxError(key);
      return value;
    });
  } catch (cause) {
    throw new AppError(
      "invalid",
      { ru: "Тело запроса не годится как JSON.", en: "The request body is not usable JSON." },
      { place: "body", cause },
    );
  }
}

function holdsPrototype(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "prototype");
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    "invalid",
    {
      ru: `Запрос больше допустимых ${Math.floor(maxBytes / 1024)} КиБ.`,
      en: `The request is larger than the allowed ${Math.floor(maxBytes / 1024)} KiB.`,
    },
    { place: "body:size" },
  );
}
