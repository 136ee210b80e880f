import path from "node:path";
import type PDFKit from "pdfkit";
import type { DocumentPremises, ProposalDocument } from "./describe-document.ts";

/** Lengths are points: A4 is 595 × 842. */
const MARGIN = 48;
const FOOT = 44;
const GAP = 14;
const PAD = 16;
const PRICE_WIDTH = 170;
const ROW_GAP = 7;

const INK = "#1b1f26";
const SOFT = "#565e6b";
const LINE = "#dfe3e9";
const TINT = "#f7f8fa";

/** Whole files: a font that is split by script would leave half of a Russian sentence blank. */
const fonts = {
  text: "400Regular/Inter_400Regular.ttf",
  strong: "600SemiBold/Inter_600SemiBold.ttf",
  title: "700Bold/Inter_700Bold.ttf",
} as const;

type Sheet = PDFKit.PDFDocument;

/** Something to draw whose height is known before it is drawn, so that a page never begins in the middle of it. */
interface Block {
  height: number;
  draw(top: number): void;
}

/** A proposal on A4, its fonts embedded. The library is loaded when the first one is asked for. */
export async function drawPdf(document: ProposalDocument): Promise<Buffer> {
  const { default: PDFDocument } = await import("pdfkit");
  const sheet: Sheet = new PDFDocument({
    size: "A4",
    // What is drawn is placed by hand; with a margin at the foot the library would turn pages by itself.
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    bufferPages: true,
    lang: document.locale,
    displayTitle: true,
    info: {
      Title: [document.number ?? document.title, document.client].filter(Boolean).join(" · "),
      Author: document.firm.name,
    },
  });
  const written = collect(sheet);
  const folder = path.join(process.cwd(), "node_modules/@expo-google-fonts/inter");
  for (const [name, file] of Object.entries(fonts)) sheet.registerFont(name, path.join(folder, file));

  const blocks = [
    ...document.premises.map((one, i) => premisesBlock(sheet, document, one, i + 1)),
    contactBlock(sheet, document),
  ];
  const firstTop = drawHead(sheet, document);
  const bottom = sheet.page.height - FOOT - 20;
  for (const [page, placed] of paginate(blocks, { firstTop, top: MARGIN, bottom }).entries()) {
    if (page > 0) {
      sheet.addPage();
      drawBand(sheet, document.firm.accent);
    }
    let top = page === 0 ? firstTop : MARGIN;
    for (const block of placed) {
      block.draw(top);
      top += block.height + GAP;
    }
  }
  drawFeet(sheet, document);
  sheet.end();
  return written;
}

/** Whole blocks, page by page. The last one, whom to call, never stands on a page alone where another can come with it. */
function paginate(
  blocks: readonly Block[],
  { firstTop, top, bottom }: { firstTop: number; top: number; bottom: number },
): Block[][] {
  const pages: Block[][] = [[]];
  let at = firstTop;
  for (const block of blocks) {
    if (at + block.height > bottom) {
      pages.push([]);
      at = top;
    }
    pages.at(-1)!.push(block);
    at += block.height + GAP;
  }
  const [before, last] = pages.slice(-2);
  if (before && last?.length === 1 && before.length > 1) last.unshift(before.pop()!);
  return pages;
}

function collect(sheet: Sheet): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    sheet.on("data", (chunk: Buffer) => chunks.push(chunk));
    sheet.on("end", () => resolve(Buffer.concat(chunks)));
    sheet.on("error", reject);
  });
}

function widthOf(sheet: Sheet): number {
  return sheet.page.width - 2 * MARGIN;
}

function drawBand(sheet: Sheet, accent: string): void {
  sheet.rect(0, 0, sheet.page.width, 6).fill(accent);
}

/** Who writes, what it is, for whom, and the greeting; returns where the rest may begin. */
function drawHead(sheet: Sheet, document: ProposalDocument): number {
  const { firm } = document;
  const width = widthOf(sheet);
  drawBand(sheet, firm.accent);
  sheet.font("title").fontSize(13).fillColor(firm.accent);
  sheet.text(firm.name, MARGIN, 34, { width: width * 0.58 });
  const nameEnds = sheet.y;
  sheet.font("text").fontSize(9).fillColor(SOFT);
  const reach = [firm.phone, firm.email].filter(Boolean).join("\n");
  sheet.text(reach, MARGIN + width * 0.6, 35, { width: width * 0.4, align: "right", lineGap: 2 });
  let top = Math.max(nameEnds, reach === "" ? 0 : sheet.y) + 12;
  sheet
    .moveTo(MARGIN, top)
    .lineTo(MARGIN + width, top)
    .lineWidth(0.75)
    .stroke(LINE);
  top += 22;

  sheet.font("title").fontSize(22).fillColor(INK);
  sheet.text(document.title, MARGIN, top, { width, characterSpacing: -0.3 });
  sheet.font("text").fontSize(10.5).fillColor(SOFT);
  const number = document.number === null ? document.dated : `${document.number} ${document.dated}`;
  sheet.text([number, document.client].filter(Boolean).join("   ·   "), MARGIN, sheet.y + 4, { width });
  top = sheet.y + 14;
  sheet.font("text").fontSize(10.5).fillColor(INK);
  for (const paragraph of document.greeting) {
    sheet.text(paragraph, MARGIN, top, { width: width * 0.86, lineGap: 3 });
    top = sheet.y + 5;
  }
  return top + 10;
}

/** One premises: what and where, for how much, what is known, why it suits, and the manager's own words. */
function premisesBlock(sheet: Sheet, document: ProposalDocument, one: DocumentPremises, number: number): Block {
  const { accent } = document.firm;
  const width = widthOf(sheet);
  const inner = width - 2 * PAD;
  const titleLeft = 30;
  const titleWidth = inner - titleLeft - PRICE_WIDTH - 12;
  const location = [one.area, one.location].filter(Boolean).join(" · ");
  const measure = (font: keyof typeof fonts, size: number, text: string, within: number, lineGap = 0) =>
    text === "" ? 0 : sheet.font(font).fontSize(size).heightOfString(text, { width: within, lineGap });

  const titleHeight = measure("strong", 13, one.title, titleWidth);
  const locationHeight = measure("text", 9.5, location, titleWidth);
  const priceHeight = measure("title", 13, one.price.month, PRICE_WIDTH);
  const perSqmHeight = measure("text", 9.5, one.price.perSqm ?? "", PRICE_WIDTH);
  const headHeight = Math.max(titleHeight + 3 + locationHeight, priceHeight + 3 + perSqmHeight, 22);

  const columns = 3;
  const cell = inner / columns;
  const rows = Array.from({ length: Math.ceil(one.facts.length / columns) }, (_, r) =>
    one.facts.slice(r * columns, (r + 1) * columns),
  );
  const rowHeights = rows.map(
    (row) => 13 + Math.max(...row.map(({ value }) => measure("strong", 10, value, cell - 10))) + ROW_GAP,
  );
  const factsHeight = rows.length === 0 ? 0 : 12 + sum(rowHeights) - ROW_GAP;

  const reasonHeights = one.reasons.map((reason) => measure("text", 10, reason, inner - 16, 1) + 4);
  const reasonsHeight = one.reasons.length === 0 ? 0 : 12 + 17 + sum(reasonHeights);
  const noteHeight = one.note === null ? 0 : 12 + measure("text", 10, one.note, inner - 14, 2);
  const height = PAD + headHeight + factsHeight + reasonsHeight + noteHeight + PAD;

  const draw = (top: number) => {
    const left = MARGIN + PAD;
    sheet.roundedRect(MARGIN, top, width, height, 8).lineWidth(0.75).fillAndStroke(TINT, LINE);
    let y = top + PAD;

    sheet.circle(left + 10, y + 9, 10).fill(accent);
    sheet.font("strong").fontSize(10).fillColor("#ffffff");
    sheet.text(String(number), left, y + 3.2, { width: 20, align: "center" });
    sheet.font("strong").fontSize(13).fillColor(INK);
    sheet.text(one.title, left + titleLeft, y, { width: titleWidth });
    sheet.font("text").fontSize(9.5).fillColor(SOFT);
    sheet.text(location, left + titleLeft, y + titleHeight + 3, { width: titleWidth });
    const priceLeft = left + inner - PRICE_WIDTH;
    sheet.font("title").fontSize(13).fillColor(INK);
    sheet.text(one.price.month, priceLeft, y, { width: PRICE_WIDTH, align: "right" });
    sheet.font("text").fontSize(9.5).fillColor(SOFT);
    sheet.text(one.price.perSqm ?? "", priceLeft, y + priceHeight + 3, { width: PRICE_WIDTH, align: "right" });
    y += headHeight;

    if (rows.length > 0) y += 12;
    rows.forEach((row, r) => {
      row.forEach(({ name, value }, c) => {
        sheet.font("text").fontSize(8.5).fillColor(SOFT);
        sheet.text(name, left + c * cell, y, { width: cell - 10 });
        sheet.font("strong").fontSize(10).fillColor(INK);
        sheet.text(value, left + c * cell, y + 12, { width: cell - 10 });
      });
      y += rowHeights[r]!;
    });
    if (rows.length > 0) y -= ROW_GAP;

    if (one.reasons.length > 0) {
      y += 12;
      sheet.font("strong").fontSize(9.5).fillColor(accent);
      sheet.text(document.labels.why, left, y, { width: inner });
      y += 17;
      one.reasons.forEach((reason, r) => {
        drawTick(sheet, left, y + 2.5, accent);
        sheet.font("text").fontSize(10).fillColor(INK);
        sheet.text(reason, left + 16, y, { width: inner - 16, lineGap: 1 });
        y += reasonHeights[r]!;
      });
    }

    if (one.note !== null) {
      y += 12;
      sheet.rect(left, y - 1, 2.5, noteHeight - 10).fill(accent);
      sheet.font("text").fontSize(10).fillColor(INK);
      sheet.text(one.note, left + 14, y, { width: inner - 14, lineGap: 2 });
    }
  };
  return { height, draw };
}

function drawTick(sheet: Sheet, x: number, y: number, colour: string): void {
  sheet
    .moveTo(x, y + 4)
    .lineTo(x + 3, y + 7)
    .lineTo(x + 8.5, y)
    .lineWidth(1.4)
    .lineCap("round")
    .lineJoin("round")
    .stroke(colour);
}

/** Whom to call, and the firm's requisites. */
function contactBlock(sheet: Sheet, { contact, firm }: ProposalDocument): Block {
  const width = widthOf(sheet);
  const half = width / 2 - 12;
  const reach = [contact.phone, contact.email].filter(Boolean).join("\n");
  const requisites = firm.requisites ?? "";
  const heightOf = (font: keyof typeof fonts, size: number, text: string) =>
    text === "" ? 0 : sheet.font(font).fontSize(size).heightOfString(text, { width: half, lineGap: 2 });
  const nameHeight = heightOf("strong", 12, contact.name);
  const height = 10 + Math.max(16 + nameHeight + 3 + heightOf("text", 10.5, reach), heightOf("text", 8.5, requisites));
  const draw = (top: number) => {
    const y = top + 10;
    sheet.font("text").fontSize(9).fillColor(SOFT).text(contact.title, MARGIN, y, { width: half });
    sheet.font("strong").fontSize(12).fillColor(INK);
    sheet.text(contact.name, MARGIN, y + 15, { width: half, lineGap: 2 });
    sheet.font("text").fontSize(10.5).fillColor(INK);
    sheet.text(reach, MARGIN, y + 15 + nameHeight + 3, { width: half, lineGap: 2 });
    sheet.font("text").fontSize(8.5).fillColor(SOFT);
    sheet.text(requisites, MARGIN + width - half, y, { width: half, align: "right", lineGap: 2 });
  };
  return { height, draw };
}

/** The firm and the page's number on every page, once it is known how many there are. */
function drawFeet(sheet: Sheet, document: ProposalDocument): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    sheet.switchToPage(page);
    const y = sheet.page.height - FOOT;
    const width = widthOf(sheet);
    const told = document.labels.page.replace("{page}", String(page + 1)).replace("{pages}", String(count));
    sheet
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + width, y)
      .lineWidth(0.5)
      .stroke(LINE);
    sheet.font("text").fontSize(8.5).fillColor(SOFT);
    sheet.text([document.firm.name, document.number].filter(Boolean).join(" · "), MARGIN, y + 9, {
      width: width * 0.7,
      height: 12,
      ellipsis: true,
    });
    sheet.text(told, MARGIN + width * 0.7, y + 9, { width: width * 0.3, align: "right" });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
