import { SHARED_TEXT_BYTES_MAX } from "../limits.ts";
import { FileRefused } from "../refusals.ts";
import type { Workbook } from "./open-workbook.ts";
import { readXml } from "./xml-events.ts";

/** What the sheets of a workbook refer to. */
export interface WorkbookParts {
  /** Parts that are sheets, in the order of their tabs. */
  sheets: string[];
  /** Days are counted from 1904 and not from 1900 (old Macs). */
  from1904: boolean;
  sharedTexts: string[];
  /** By the cell's style number: is a number in it a date? */
  isDate: boolean[];
}

const workbookPart = "xl/workbook.xml";

export async function readWorkbookParts(workbook: Workbook): Promise<WorkbookParts> {
  const targets = await readTargets(workbook);
  const tabs: string[] = [];
  let from1904 = false;
  await readXml(await workbook.open(workbookPart), {
    open(name, attributes) {
      if (name === "sheet") tabs.push(attributes["r:id"] ?? attributes.id ?? "");
      if (name === "workbookPr") from1904 = attributes.date1904 === "1" || attributes.date1904 === "true";
    },
  });
  const sheets = tabs.flatMap((id) => {
    const target = targets.get(id);
    return target && workbook.has(target) ? [target] : [];
  });
  return { sheets, from1904, sharedTexts: await readSharedTexts(workbook), isDate: await readDateStyles(workbook) };
}

async function readTargets(workbook: Workbook): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readXml(await workbook.open("xl/_rels/workbook.xml.rels"), {
    open(name, { Id, Target }) {
      if (name !== "Relationship" || Id === undefined || Target === undefined) return;
      targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

async function readSharedTexts(workbook: Workbook): Promise<string[]> {
  const part = "xl/sharedStrings.xml";
  if (!workbook.has(part)) return [];
  if (workbook.bytes(part) > SHARED_TEXT_BYTES_MAX)
    throw new FileRefused("archiveTooBig", { value: `${workbook.bytes(part)} bytes of shared text` });
  const texts: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = 0;
  await readXml(await workbook.open(part), {
    open(name) {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic++;
      else if (name === "t") inText = phonetic === 0;
    },
    text(text) {
      if (inText) current += text;
    },
    close(name) {
      if (name === "si") texts.push(current);
      else if (name === "rPh") phonetic--;
      else if (name === "t") inText = false;
    },
  });
  return texts;
}

/** Number formats that Excel has built in for dates and times. */
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

async function readDateStyles(workbook: Workbook): Promise<boolean[]> {
  const part = "xl/styles.xml";
  if (!workbook.has(part)) return [];
  const ownDates = new Set<number>();
  const isDate: boolean[] = [];
  let inCellStyles = false;
  await readXml(await workbook.open(part), {
    open(name, attributes) {
      if (name === "cellXfs") inCellStyles = true;
      else if (name === "numFmt" && looksLikeDate(attributes.formatCode ?? ""))
        ownDates.add(Number(attributes.numFmtId));
      else if (name === "xf" && inCellStyles) {
        const format = Number(attributes.numFmtId);
        isDate.push(builtInDates.has(format) || ownDates.has(format));
      }
    },
    close(name) {
      if (name === "cellXfs") inCellStyles = false;
    },
  });
  return isDate;
}

/** Letters of days and years outside of quotes and brackets. */
function looksLikeDate(format: string): boolean {
  return /[dmyhдмг]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ""));
}
