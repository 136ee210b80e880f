import type { Handle, Xgboost } from "../xgboost/library.ts";

/** What the library was asked to fit: enough to ask it once more. */
export interface Fit {
  matrix: Float32Array;
  rows: number;
  columns: number;
  labels: Float32Array;
  weights: Float32Array | null;
  parameters: [name: string, value: string][];
  rounds: number;
}

/** Listens to the library's calls until stopped; `fits` grows by one with each booster that is trained. */
export function recordFits({ api }: Xgboost): { fits: Fit[]; stop(): void } {
  const original = { ...api };
  const matrices = new Map<Handle, Pick<Fit, "matrix" | "rows" | "columns" | "labels" | "weights">>();
  const parameters = new Map<Handle, Fit["parameters"]>();
  const trained = new Map<Handle, Fit>();
  const fits: Fit[] = [];
  api.XGDMatrixCreateFromMat = (matrix, rows, columns, missing, out) => {
    const code = original.XGDMatrixCreateFromMat(matrix, rows, columns, missing, out);
    if (out[0]) matrices.set(out[0], { matrix, rows, columns, labels: new Float32Array(0), weights: null });
    return code;
  };
  api.XGDMatrixSetFloatInfo = (handle, field, values, length) => {
    const matrix = matrices.get(handle);
    if (matrix && field === "label") matrix.labels = values;
    if (matrix && field === "weight") matrix.weights = values;
    return original.XGDMatrixSetFloatInfo(handle, field, values, length);
  };
  api.XGBoosterSetParam = (booster, name, value) => {
    parameters.set(booster, [...(parameters.get(booster) ?? []), [name, value]]);
    return original.XGBoosterSetParam(booster, name, value);
  };
  api.XGBoosterUpdateOneIter = (booster, round, handle) => {
    const matrix = matrices.get(handle);
    const known = trained.get(booster);
    if (known) known.rounds++;
    else if (matrix) {
      const fit = { ...matrix, parameters: parameters.get(booster) ?? [], rounds: 1 };
      trained.set(booster, fit);
      fits.push(fit);
    }
    return original.XGBoosterUpdateOneIter(booster, round, handle);
  };
  // Freed memory is given out again: the same handle is then another booster.
  api.XGBoosterFree = (booster) => {
    trained.delete(booster);
    parameters.delete(booster);
    return original.XGBoosterFree(booster);
  };
  return { fits, stop: () => void Object.assign(api, original) };
}

/** The same fit by the library alone: its matrix, its booster, its rounds. */
export function fitBare(library: Xgboost, fit: Fit): void {
  const { api, check } = library;
  const [matrix, booster]: [[Handle | null], [Handle | null]] = [[null], [null]];
  check(api.XGDMatrixCreateFromMat(fit.matrix, fit.rows, fit.columns, Number.NaN, matrix));
  check(api.XGDMatrixSetFloatInfo(matrix[0]!, "label", fit.labels, fit.rows));
  if (fit.weights) check(api.XGDMatrixSetFloatInfo(matrix[0]!, "weight", fit.weights, fit.rows));
  check(api.XGBoosterCreate([matrix[0]!], 1, booster));
  for (const [name, value] of fit.parameters) check(api.XGBoosterSetParam(booster[0]!, name, value));
  for (let round = 0; round < fit.rounds; round++) check(api.XGBoosterUpdateOneIter(booster[0]!, round, matrix[0]!));
  check(api.XGBoosterFree(booster[0]!));
  check(api.XGDMatrixFree(matrix[0]!));
}
