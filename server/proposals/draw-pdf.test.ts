import { extractText, getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { drawPdf } from "./draw-pdf.ts";
import { testDocument } from "./testing-document.ts";

/** What a reader selects and copies, page by page. */
async function pagesOf(...of: Parameters<typeof testDocument>): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await drawPdf(testDocument(...of))));
  const { text } = await extractText(pdf, { mergePages: false });
  return text.map((page) => page.replaceAll("\u00a0", " "));
}

test("a reader finds the Russian text, №, ₽ and м² in it", async () => {
  const pages = await pagesOf(1);
  for (const said of [
    "Берег. Аренда помещений",
    "Коммерческое предложение",
    "КП № 2026-0042 от 24 ноября 2026 г.",
    "Для: Ёлка Кофе",
    "Красный проспект, 25",
    "99 000 ₽ в месяц",
    "1 584 ₽ за м²",
    "62,5 м² — в пределах вашего запроса 40–80 м²",
    "Витрины на проспект, отдельный вход.",
    "Анна Белова",
    "ООО «Берег», ИНН 5400000000",
    "Страница 1 из 1",
  ])
    expect(pages[0]).toContain(said);
  expect(pages).toHaveLength(1);
});

test.each([2, 3, 4, 7, 12, 20])("%i premises: pages are numbered, nothing is cut or left behind", async (count) => {
  const pages = await pagesOf(count);
  const prices = pages.join("\n").match(/за м²|Цена по запросу/g) ?? [];
  expect(prices).toHaveLength(count);
  for (const [i, page] of pages.entries()) {
    expect(page).toContain(`Страница ${i + 1} из ${pages.length}`);
    const lines = page.split("\n");
    // No heading stays behind at the foot of a page, and no page holds nothing but whom to call.
    for (const [at, line] of lines.entries())
      if (line === "Почему подходит") expect(lines[at + 1]).toContain("62,5 м²");
    expect(page).toMatch(/за м²|Цена по запросу/);
  }
  expect(pages.at(-1)).toContain("Ваш менеджер");
});

test("an English one says the same in English, its names as they are", async () => {
  const [first] = await pagesOf(2, "en");
  for (const said of [
    "Proposal No. 2026-0042 of 24 November 2026",
    "₽99,000 a month",
    "Why it suits",
    "Красный проспект, 25",
    "Page 1 of",
  ])
    expect(first).toContain(said);
});

test("the fonts are embedded, so that it looks the same everywhere", async () => {
  const source = (await drawPdf(testDocument(1))).toString("latin1");
  const named = new Set(source.match(/\/FontName \/\w+\+Inter-\w+/g));
  expect(named.size).toBe(3);
  expect(source.match(/\/FontFile2 /g)).toHaveLength(3);
});

test("a colour or a text from outside draws nothing but itself", async () => {
  const document = testDocument(1);
  document.premises[0]!.note = "(Скобки) \\ и <script>alert(1)</script> ) Tj ET";
  const pdf = await getDocumentProxy(new Uint8Array(await drawPdf(document)));
  const { text } = await extractText(pdf, { mergePages: true });
  expect(text).toContain("(Скобки) \\ и <script>alert(1)</script> ) Tj ET");
});
