import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { parseTrees, type Trees } from "./xgboost/trees.ts";

/**
 * A model version in one immutable file:
 * magic, header length (uint32 LE), header (canonical JSON), the sections that the header lists, SHA-256 of all before it.
 * Equal content gives equal bytes.
 */
export interface Artifact<Settings> {
  /** Identifies the features' definitions; a build with other definitions must not run the model. */
  featureSetId: string;
  /** Columns of the matrix, in order. */
  featureNames: string[];
  /** Decides keep or remove, and ranks the kept: two labels, never mixed. */
  heads: { suitability: Head; deal: Head };
  /** What turns margins into an answer and facts into columns: vocabulary, calibration, bounds. Plain JSON, no NaN. */
  settings: Settings;
  /** Least suitability that is kept, 0..1; 0 keeps everything. */
  threshold: number;
  thresholdBasis: { n: number; source: string; alpha: number };
  canary: Canary;
  made: Making;
}

interface Head {
  /** XGBoost's own JSON: attributions are computed from it, and other tools of the family read it. */
  modelJson: Uint8Array;
  /** The same trees for the runtime. */
  onnx: Uint8Array;
}

/** Rows whose answers are known: a model that answers otherwise in this process must not serve. */
interface Canary {
  /** Row-major; NaN is missing. */
  matrix: Float32Array;
  margins: { suitability: Float32Array; deal: Float32Array };
}

/** How the model came to be, enough to make it again. */
interface Making {
  asOfDay: number;
  seed: number;
  /** Versions by name, such as xgboost 1.7.4. */
  libraries: Record<string, string>;
  parameters: Record<string, unknown>;
  snapshot: Record<string, unknown>;
}

/** An artifact as read: its trees are parsed and found sound. */
export interface OpenedArtifact<Settings> extends Artifact<Settings> {
  trees: { suitability: Trees; deal: Trees };
}

/** The file is damaged, cut short or no artifact. */
export class ArtifactBroken extends Error {
  override name = "ArtifactBroken";
}

/** The file is sound, but other feature definitions made it. */
export class FeatureSetMismatch extends Error {
  override name = "FeatureSetMismatch";
  readonly trainedOn: string;
  readonly buildHas: string;

  constructor(trainedOn: string, buildHas: string) {
    super(
      `The model was trained on features ${trainedOn.slice(0, 8)}, this build has ${buildHas.slice(0, 8)}: ` +
        "retrain, or roll back",
    );
    this.trainedOn = trainedOn;
    this.buildHas = buildHas;
  }
}

const magic = new TextEncoder().encode("OSTAPML\n");
const formatVersion = 1;
const hashBytes = 32;
const headNames = ["suitability", "deal"] as const;

const sectionNames = [
  "suitability.json",
  "suitability.onnx",
  "suitability.canary",
  "deal.json",
  "deal.onnx",
  "deal.canary",
  "canary",
] as const;
type SectionName = (typeof sectionNames)[number];

const header = z.strictObject({
  formatVersion: z.literal(formatVersion),
  featureSetId: z.string().min(4),
  featureNames: z.array(z.string().min(1)).min(1),
  settings: z.unknown(),
  threshold: z.number().min(0).max(1),
  thresholdBasis: z.strictObject({
    n: z.int().min(0),
    source: z.string().min(1),
    alpha: z.number().gt(0).lt(1),
  }),
  made: z.strictObject({
    asOfDay: z.int(),
    seed: z.int(),
    libraries: z.record(z.string(), z.string()),
    parameters: z.record(z.string(), z.unknown()),
    snapshot: z.record(z.string(), z.unknown()),
  }),
  sections: z.array(z.strictObject({ name: z.enum(sectionNames), bytes: z.int().min(0) })).length(sectionNames.length),
});

/** Writes the file. Refuses with `ArtifactBroken` what `readArtifact` would refuse, so that nothing unreadable is kept. */
export function writeArtifact<Settings>(artifact: Artifact<Settings>): Uint8Array {
  const sections: Record<SectionName, Uint8Array> = {
    "suitability.json": artifact.heads.suitability.modelJson,
    "suitability.onnx": artifact.heads.suitability.onnx,
    "suitability.canary": floatBytes(artifact.canary.margins.suitability),
    "deal.json": artifact.heads.deal.modelJson,
    "deal.onnx": artifact.heads.deal.onnx,
    "deal.canary": floatBytes(artifact.canary.margins.deal),
    canary: floatBytes(artifact.canary.matrix),
  };
  const { heads: _heads, canary: _canary, ...described } = artifact;
  const head = new TextEncoder().encode(
    canonicalJson({
      ...described,
      formatVersion,
      sections: sectionNames.map((name) => ({ name, bytes: sections[name].length })),
    }),
  );
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length, true);
  const body = Buffer.concat([magic, length, head, ...sectionNames.map((name) => sections[name])]);
  const bytes = new Uint8Array(Buffer.concat([body, createHash("sha256").update(body).digest()]));
  readArtifact(bytes, artifact.featureSetId, z.unknown());
  return bytes;
}

/**
 * Reads the file and proves it whole: hash, structure, sound trees of the named columns, finite canary answers.
 * `settings` is held against the caller's schema. Throws `ArtifactBroken`, or `FeatureSetMismatch` when the model was made
 * by other feature definitions than `featureSetId`.
 */
export function readArtifact<Settings>(
  bytes: Uint8Array,
  featureSetId: string,
  settings: z.ZodType<Settings>,
): OpenedArtifact<Settings> {
  const { head, sections } = unpack(bytes);
  if (head.featureSetId !== featureSetId) throw new FeatureSetMismatch(head.featureSetId, featureSetId);
  const { sections: _sections, formatVersion: _version, settings: rawSettings, ...described } = head;
  const parsed = settings.safeParse(rawSettings);
  if (!parsed.success) throw new ArtifactBroken(`The model's settings are not of this build: ${parsed.error.message}`);
  const columns = head.featureNames.length;
  return {
    ...described,
    settings: parsed.data,
    heads: {
      suitability: { modelJson: sections["suitability.json"], onnx: sections["suitability.onnx"] },
      deal: { modelJson: sections["deal.json"], onnx: sections["deal.onnx"] },
    },
    trees: {
      suitability: soundTrees("suitability", sections["suitability.json"], columns),
      deal: soundTrees("deal", sections["deal.json"], columns),
    },
    canary: readCanary(sections, columns),
  };
}

function unpack(bytes: Uint8Array): { head: z.output<typeof header>; sections: Record<SectionName, Uint8Array> } {
  const start = magic.length + 4;
  if (bytes.length < start + hashBytes || magic.some((byte, index) => bytes[index] !== byte)) {
    throw new ArtifactBroken("The file is no model artifact, or is cut short");
  }
  const body = bytes.subarray(0, bytes.length - hashBytes);
  if (!createHash("sha256").update(body).digest().equals(bytes.subarray(body.length))) {
    throw new ArtifactBroken("The artifact is damaged or cut short: its inner SHA-256 does not match");
  }
  const headEnd = start + new DataView(body.buffer, body.byteOffset).getUint32(magic.length, true);
  if (headEnd > body.length) throw new ArtifactBroken("The artifact's header is longer than the file");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body.subarray(start, headEnd)));
  } catch (cause) {
    throw new ArtifactBroken("The artifact's header is no JSON", { cause });
  }
  const head = header.safeParse(json);
  if (!head.success) throw new ArtifactBroken(`The artifact's header is not of this format: ${head.error.message}`);

  const sections: Partial<Record<SectionName, Uint8Array>> = {};
  let at = headEnd;
  for (const { name, bytes: length } of head.data.sections) {
    // A copy, not a view (which a Buffer's slice would be): floats need their alignment.
    sections[name] = new Uint8Array(body.subarray(at, at + length));
    at += length;
  }
  if (at !== body.length || sectionNames.some((name) => !sections[name])) {
    throw new ArtifactBroken("The artifact's sections do not add up to the file");
  }
  return { head: head.data, sections: sections as Record<SectionName, Uint8Array> };
}

function soundTrees(head: (typeof headNames)[number], modelJson: Uint8Array, columns: number): Trees {
  let trees: Trees;
  try {
    trees = parseTrees(modelJson);
  } catch (cause) {
    throw new ArtifactBroken(`The ${head} head: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (trees.columns !== columns) {
    throw new ArtifactBroken(`The ${head} head was trained on ${trees.columns} columns, the artifact names ${columns}`);
  }
  return trees;
}

function readCanary(sections: Record<SectionName, Uint8Array>, columns: number): Canary {
  const canary = {
    matrix: floats(sections.canary, "canary"),
    margins: {
      suitability: floats(sections["suitability.canary"], "suitability.canary"),
      deal: floats(sections["deal.canary"], "deal.canary"),
    },
  };
  const rows = canary.matrix.length / columns;
  for (const head of headNames) {
    const margins = canary.margins[head];
    if (rows === 0 || margins.length !== rows) {
      throw new ArtifactBroken(`${margins.length} canary answers of the ${head} head for ${rows} canary rows`);
    }
    if (!margins.every(Number.isFinite)) throw new ArtifactBroken(`A canary answer of the ${head} head is not finite`);
  }
  return canary;
}

/** Little-endian float32: what every machine that we run on has. */
function floatBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function floats(bytes: Uint8Array, name: SectionName): Float32Array {
  if (bytes.length % 4 !== 0) throw new ArtifactBroken(`Section ${name} holds no whole number of floats`);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
