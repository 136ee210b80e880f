import type { MarketHistory } from "../facts.ts";
import { loadXgboost } from "../xgboost/library.ts";
import { finishModel, type TrainedModel } from "./finish-model.ts";
import { fitHeads } from "./fit-heads.ts";
import { type ActiveArtifact, holdOut } from "./hold-out.ts";
import { Laps } from "./laps.ts";
import { type MaterialWanted, matrixOf, prepareMaterial } from "./material.ts";
import { searchParameters } from "./search-parameters.ts";

export type { TrainedModel } from "./finish-model.ts";
export type { ActiveArtifact } from "./hold-out.ts";
export { TrainingRefused } from "./refuse.ts";

export interface TrainOptions extends MaterialWanted {
  /** Path of libxgboost; by default where the system keeps it. */
  xgboostLibrary?: string;
  onProgress?: (progress: { stage: string; fraction: number }) => void;
  signal?: AbortSignal;
  /** The model that serves now: the report holds the new one against it. */
  active?: ActiveArtifact;
  /** Looks for better parameters first, by so many trials; the report keeps the log. 0, as by default: does not. */
  searchTrials?: number;
}

/** Part of the whole way that a search takes. */
const SEARCH_SHARE = 0.7;

/**
 * Trains both heads on a market's records up to `asOfDay` and proves them on the last stretch. First on the past alone:
 * threshold, calibration and report come from the stretch after it. Then, with the same parameters, on everything.
 * The same history, day and seed give the same bytes. Throws `TrainingRefused` on too little data, `XgboostMissing`, and the
 * signal's reason.
 */
export async function train(history: MarketHistory, options: TrainOptions): Promise<TrainedModel> {
  const laps = new Laps(options.onProgress, options.signal);
  const library = loadXgboost(options.xgboostLibrary);
  const tools = { laps, library };
  const { searchTrials: trials = 0 } = options;
  if (trials > 0) laps.begin("search");
  const searched =
    trials > 0 ? await searchParameters(history, { ...options, trials }, { ...tools, to: SEARCH_SHARE }) : null;
  if (searched) laps.goOnFrom(SEARCH_SHARE);
  laps.begin("prepare");
  const material = prepareMaterial(history, searched ? { ...options, parameters: searched.parameters } : options);

  const { fit } = material.split;
  const matrix = matrixOf(material, material.sets);
  // The past is the first part of all sets, so that its rows are there already.
  const fitRows = fit.reduce((sum, set) => sum + set.candidates.length, 0);
  const fitMatrix = matrix.subarray(0, fitRows * material.features.length);
  laps.lap("prepare", 0.15);
  const past = await fitHeads(material, fit, fitMatrix, { ...tools, from: 0.15, to: 0.45 });
  laps.begin("hold_out");
  const findings = await holdOut(material, past, fitMatrix, { ...tools, active: options.active });
  laps.lap("hold_out", 0.55);

  const heads = await fitHeads(material, material.sets, matrix, { ...tools, from: 0.55, to: 0.9 });
  const trained = await finishModel(material, heads, findings, { ...tools, matrix });
  return searched ? { ...trained, report: { ...trained.report, searchLog: searched.log } } : trained;
}
