import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Artifact, ArtifactBroken, FeatureSetMismatch, readArtifact, writeArtifact } from "./artifact.ts";
import { canonicalJson } from "./canonical-json.ts";
import { treesToOnnx } from "./onnx/to-onnx.ts";
import { learnableRows } from "./testing/learnable-rows.ts";
import { predictMargins, trainBooster } from "./xgboost/booster.ts";
import { parseTrees } from "./xgboost/trees.ts";

const settings = z.strictObject({ trades: z.array(z.string()) });
let artifact: Artifact<z.infer<typeof settings>>;

beforeAll(async () => {
  const data = learnableRows(300, 5, 1);
  const train = async (seed: number) => {
    const { modelJson } = await trainBooster({ ...data, parameters: { seed, subsample: 0.5, threads: 1 }, rounds: 4 });
    return { modelJson, onnx: treesToOnnx(parseTrees(modelJson)) };
  };
  const heads = { suitability: await train(1), deal: await train(2) };
  const matrix = data.matrix.slice(0, 3 * 5);
  artifact = {
    featureSetId: "8f2c000011112222",
    featureNames: ["a", "b", "c", "d", "e"],
    heads,
    settings: { trades: ["пекарня", "аптека"] },
    threshold: 0.25,
    thresholdBasis: { n: 180, source: "offers", alpha: 0.2 },
    canary: {
      matrix,
      margins: {
        suitability: predictMargins(heads.suitability.modelJson, matrix, 3, 5),
        deal: predictMargins(heads.deal.modelJson, matrix, 3, 5),
      },
    },
    made: {
      asOfDay: 20_000,
      seed: 1,
      libraries: { xgboost: "1.7.4" },
      parameters: { eta: 0.05 },
      snapshot: { leads: 10 },
    },
  };
});

const read = (bytes: Uint8Array) => readArtifact(bytes, artifact.featureSetId, settings);

describe("writeArtifact and readArtifact", () => {
  it("gives back what was put in, missing canary values included", () => {
    const { trees, ...opened } = read(writeArtifact(artifact));
    expect(opened).toEqual(artifact);
    expect(trees.deal).toEqual(parseTrees(artifact.heads.deal.modelJson));
    expect(opened.canary.matrix.some(Number.isNaN)).toBe(true);
  });

  it("gives equal bytes for equal content, in whatever order its keys came", () => {
    const reordered = Object.fromEntries(Object.entries(artifact).reverse()) as typeof artifact;
    expect(Buffer.compare(writeArtifact(reordered), writeArtifact(artifact))).toBe(0);
  });

  it("reads from a Node buffer that lies anywhere in memory", () => {
    const shifted = Buffer.concat([Buffer.from([7]), writeArtifact(artifact)]).subarray(1);
    expect(read(shifted).canary).toEqual(artifact.canary);
  });

  it("refuses every truncation and every flipped byte", () => {
    const bytes = writeArtifact(artifact);
    for (const length of [0, 5, 11, 12, 43, 44, 500, bytes.length >> 1, bytes.length - 1]) {
      expect(() => read(bytes.slice(0, length)), `cut to ${length}`).toThrow(ArtifactBroken);
    }
    for (let at = 0; at < bytes.length; at += 97) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1;
      expect(() => read(flipped), `byte ${at}`).toThrow(ArtifactBroken);
    }
    expect(() => read(Buffer.concat([bytes, Buffer.from([0])]))).toThrow(ArtifactBroken);
  });

  it("refuses other features in a message that says what to do", () => {
    const bytes = writeArtifact(artifact);
    expect(() => readArtifact(bytes, "91aa000011112222", settings)).toThrow(FeatureSetMismatch);
    expect(() => readArtifact(bytes, "91aa000011112222", settings)).toThrow(
      "The model was trained on features 8f2c0000, this build has 91aa0000: retrain, or roll back",
    );
  });

  it("refuses settings of another build", () => {
    expect(() => readArtifact(writeArtifact(artifact), artifact.featureSetId, z.strictObject({}))).toThrow(/settings/);
  });

  it.each<[string, (a: typeof artifact) => Partial<typeof artifact>, RegExp]>([
    ["a threshold that is no number", () => ({ threshold: Number.NaN }), /threshold is NaN/],
    ["a threshold above 1", () => ({ threshold: 1.5 }), /threshold/],
    ["a basis without a target", (a) => ({ thresholdBasis: { ...a.thresholdBasis, alpha: 0 } }), /alpha/],
    ["columns that the trees do not have", () => ({ featureNames: ["a", "b", "c"] }), /5 columns/],
    ["no canary", (a) => ({ canary: { ...a.canary, matrix: new Float32Array(0) } }), /canary/],
    [
      "a canary answer that is no number",
      (a) => ({ canary: { ...a.canary, margins: { ...a.canary.margins, deal: Float32Array.of(1, Number.NaN, 2) } } }),
      /not finite/,
    ],
    [
      "NaN weights",
      (a) => ({ heads: { ...a.heads, deal: { ...a.heads.deal, modelJson: withNaN(a.heads.deal.modelJson) } } }),
      /deal head.*NaN/,
    ],
    [
      "NaN in its settings",
      () => ({ settings: { trades: [Number.NaN as unknown as string] } }),
      /settings.trades\[0\]/,
    ],
  ])("does not write %s", (_, change, message) => {
    expect(() => writeArtifact({ ...artifact, ...change(artifact) })).toThrow(message);
  });
});

describe("canonicalJson", () => {
  it("sorts keys at every depth", () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: "ё" })).toBe('{"a":"ё","b":[{"c":null,"d":1}]}');
  });

  it.each([[undefined], [{ a: undefined }], [Number.POSITIVE_INFINITY], [new Float32Array(1)], [new Map()]])(
    "refuses %s, which JSON would lose",
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});

function withNaN(modelJson: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(modelJson);
  return new TextEncoder().encode(text.replace(/"split_conditions":\[[^,\]]+/, '"split_conditions":[NaN'));
}
