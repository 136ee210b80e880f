import type { CandidateSet } from "../candidates.ts";
import { matrixOf, type TrainingMaterial } from "../training/material.ts";
import { labelRows } from "../training/training-rows.ts";
import { numberText } from "./number-text.ts";

/** `csv`: one table with a header, for Spark, Dask, Ray, pandas. `libsvm`: a file a head and split, for XGBoost itself. */
export const datasetFormats = ["csv", "libsvm"] as const;
export type DatasetFormat = (typeof datasetFormats)[number];

export const splits = ["fit", "tune", "test"] as const;
export type Split = (typeof splits)[number];

/** A piece of a file: pieces of one file are to be put one after another. */
export interface DatasetChunk {
  file: string;
  text: string;
  /** Rows written so far, this piece included. */
  rows: number;
}

const heads = ["suitability", "deal"] as const;
const idColumns = ["row", "group", "lead_id", "manager_id", "premises_id", "day", "split"];
const headColumns = heads.flatMap((head) => [`${head}_label`, `${head}_weight`]);

export function cliFile(head: (typeof heads)[number], split: Split): string {
  return `${head}.${split}.libsvm`;
}

/**
 * The training matrix, labels and weights of both heads, as text, one lead and day at a time, so that the whole never
 * stands in memory. Missing is empty (csv) or left out (libsvm); weights of 0 teach a head nothing but stay, so that both
 * heads have the same rows. Row and group number from 0; a group is one lead on one day.
 */
export function* datasetRows(material: TrainingMaterial, format: DatasetFormat): Generator<DatasetChunk> {
  const table = format === "csv" ? "dataset.csv" : "rows.csv";
  const names = format === "csv" ? [...headColumns, ...material.features.map(({ name }) => name)] : [];
  yield { file: table, text: `${[...idColumns, ...names].map(cell).join(",")}\n`, rows: 0 };
  let row = 0;
  for (const [group, set] of material.sets.entries()) {
    const split = splitOf(material, set);
    const ids = set.candidates.map((candidate, i) =>
      idCells(material, set, { row: row + i, group, split, at: candidate.at }),
    );
    row += ids.length;
    const parts = partsOf(material, set);
    if (format === "csv") {
      yield { file: table, text: lines(ids, (cells, i) => [...cells, ...csvCells(parts, i)].join(",")), rows: row };
      continue;
    }
    yield { file: table, text: lines(ids, (cells) => cells.join(",")), rows: row };
    for (const head of heads)
      yield { file: cliFile(head, split), text: lines(ids, (_, i) => libsvmLine(parts, head, i)), rows: row };
  }
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(material: TrainingMaterial, set: CandidateSet) {
  const { suitability, deal } = labelRows([set], material);
  return { columns: material.features.length, matrix: matrixOf(material, [set]), suitability, deal };
}

function splitOf({ split }: TrainingMaterial, { day }: CandidateSet): Split {
  return day < split.tuneFromDay ? "fit" : day < split.testFromDay ? "tune" : "test";
}

function idCells(
  { timeline }: TrainingMaterial,
  set: CandidateSet,
  { row, group, split, at }: { row: number; group: number; split: Split; at: number },
): string[] {
  const premises = timeline.premises[timeline.freeOn(set.day).premises[at]!]!;
  const day = new Date(set.day * 86_400_000).toISOString().slice(0, 10);
  return [String(row), String(group), cell(set.leadId), cell(set.managerId), cell(premises.premisesId), day, split];
}

function csvCells({ columns, matrix, suitability, deal }: Parts, i: number): string[] {
  const cells = [suitability.labels, suitability.weights, deal.labels, deal.weights].map((of) => numberText(of[i]!));
  for (let at = i * columns; at < (i + 1) * columns; at++) cells.push(numberText(matrix[at]!));
  return cells;
}

function libsvmLine({ columns, matrix, ...parts }: Parts, head: (typeof heads)[number], i: number): string {
  let line = `${parts[head].labels[i]}:${numberText(parts[head].weights[i]!)}`;
  for (let column = 0; column < columns; column++) {
    const text = numberText(matrix[i * columns + column]!);
    if (text !== "") line += ` ${column}:${text}`;
  }
  return line;
}

function lines(ids: string[][], line: (cells: string[], i: number) => string): string {
  return ids.map((cells, i) => `${line(cells, i)}\n`).join("");
}

/** As RFC 4180 quotes it. */
function cell(text: string | null): string {
  if (text === null) return "";
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
