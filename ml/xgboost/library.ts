import koffi from "koffi";

/** An opaque native handle; only the library looks inside. */
export type Handle = object;
type Out<T> = [T];
type Code = number;

/** The part of XGBoost's C API that we use, names as in `xgboost/c_api.h`. Every function answers 0, or -1 for an error. */
interface CApi {
  XGBGetLastError(): string;
  XGDMatrixCreateFromMat(
    data: Float32Array,
    rows: number,
    columns: number,
    missing: number,
    out: Out<Handle | null>,
  ): Code;
  XGDMatrixSetFloatInfo(matrix: Handle, field: string, values: Float32Array, length: number): Code;
  XGDMatrixFree(matrix: Handle): Code;
  XGBoosterCreate(matrices: Handle[], count: number, out: Out<Handle | null>): Code;
  XGBoosterSetParam(booster: Handle, name: string, value: string): Code;
  XGBoosterSetStrFeatureInfo(booster: Handle, field: string, values: string[], length: number): Code;
  XGBoosterUpdateOneIter(booster: Handle, round: number, matrix: Handle): Code;
  XGBoosterEvalOneIter(
    booster: Handle,
    round: number,
    matrices: Handle[],
    names: string[],
    count: number,
    out: Out<string | null>,
  ): Code;
  XGBoosterSlice(booster: Handle, begin: number, end: number, step: number, out: Out<Handle | null>): Code;
  XGBoosterSaveModelToBuffer(
    booster: Handle,
    config: string,
    length: Out<number | bigint>,
    out: Out<Handle | null>,
  ): Code;
  XGBoosterLoadModelFromBuffer(booster: Handle, bytes: Uint8Array, length: number): Code;
  XGBoosterPredictFromDMatrix(
    booster: Handle,
    matrix: Handle,
    config: string,
    shape: Out<Handle | null>,
    dimensions: Out<number | bigint>,
    out: Out<Handle | null>,
  ): Code;
  XGBoosterFree(booster: Handle): Code;
}

// koffi knows no `unsigned`; bst_ulong is uint64_t.
const signatures: Record<keyof CApi, string> = {
  XGBGetLastError: "const char *XGBGetLastError()",
  XGDMatrixCreateFromMat:
    "int XGDMatrixCreateFromMat(const float *data, uint64_t nrow, uint64_t ncol, float missing, _Out_ void **out)",
  XGDMatrixSetFloatInfo: "int XGDMatrixSetFloatInfo(void *handle, const char *field, const float *array, uint64_t len)",
  XGDMatrixFree: "int XGDMatrixFree(void *handle)",
  XGBoosterCreate: "int XGBoosterCreate(void **dmats, uint64_t len, _Out_ void **out)",
  XGBoosterSetParam: "int XGBoosterSetParam(void *handle, const char *name, const char *value)",
  XGBoosterSetStrFeatureInfo:
    "int XGBoosterSetStrFeatureInfo(void *handle, const char *field, const char **features, uint64_t size)",
  XGBoosterUpdateOneIter: "int XGBoosterUpdateOneIter(void *handle, int iter, void *dtrain)",
  XGBoosterEvalOneIter:
    "int XGBoosterEvalOneIter(void *handle, int iter, void **dmats, const char **evnames, uint64_t len, _Out_ const char **out)",
  XGBoosterSlice: "int XGBoosterSlice(void *handle, int begin, int end, int step, _Out_ void **out)",
  XGBoosterSaveModelToBuffer:
    "int XGBoosterSaveModelToBuffer(void *handle, const char *config, _Out_ uint64_t *out_len, _Out_ void **out)",
  XGBoosterLoadModelFromBuffer: "int XGBoosterLoadModelFromBuffer(void *handle, const uint8_t *buf, uint64_t len)",
  XGBoosterPredictFromDMatrix:
    "int XGBoosterPredictFromDMatrix(void *handle, void *dmat, const char *config, _Out_ void **shape, _Out_ uint64_t *dim, _Out_ void **out)",
  XGBoosterFree: "int XGBoosterFree(void *handle)",
};

/** The trainer, loaded: its version, where it was found, and its functions with errors turned into exceptions. */
export interface Xgboost {
  /** As in "1.7.4"; stored with every model. */
  version: string;
  path: string;
  api: CApi;
  /** Throws `XgboostError` with the library's own words when a call did not answer 0. */
  check(code: Code): void;
}

/** The library itself refused: its words. */
export class XgboostError extends Error {
  override name = "XgboostError";
}

/** The native library is not there or too old; the message says what to install. */
export class XgboostMissing extends Error {
  override name = "XgboostMissing";
}

const candidates: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["libxgboost.so.0", "libxgboost.so", "/usr/local/lib/libxgboost.so"],
  darwin: ["/opt/homebrew/lib/libxgboost.dylib", "/usr/local/lib/libxgboost.dylib", "libxgboost.dylib"],
  win32: ["xgboost.dll"],
};

const howToInstall: Partial<Record<NodeJS.Platform, string>> = {
  linux: "`apt-get install libxgboost0` (Debian, Ubuntu)",
  darwin: "`brew install xgboost`",
};

const loaded = new Map<string, Xgboost>();

/**
 * Loads libxgboost 1.7 or newer from the given path, or from where this platform's packages put it.
 * Throws `XgboostMissing`. Loading twice gives the same object.
 */
export function loadXgboost(path?: string): Xgboost {
  const tried: string[] = [];
  for (const candidate of path ? [path] : (candidates[process.platform] ?? [])) {
    const known = loaded.get(candidate);
    if (known) return known;
    try {
      const library = open(candidate);
      loaded.set(candidate, library);
      return library;
    } catch (error) {
      tried.push(`${candidate}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const install = howToInstall[process.platform] ?? "XGBoost 1.7 or newer";
  throw new XgboostMissing(
    `Training needs the native library of XGBoost. Install it with ${install}, or name the file ` +
      `(XGBOOST_LIBRARY; a Python wheel keeps it in site-packages/xgboost/lib). Tried ${tried.join("; ")}.`,
  );
}

function open(path: string): Xgboost {
  // OpenMP's threads spin while they wait for each other; on a machine with other work that made training ten times as
  // slow. It reads this once, when it is loaded together with the library.
  process.env.OMP_WAIT_POLICY ??= "passive";
  const native = koffi.load(path);
  const api = Object.fromEntries(
    Object.entries(signatures).map(([name, signature]) => [name, native.func(signature)]),
  ) as unknown as CApi;
  const [major, minor, patch]: [[number], [number], [number]] = [[0], [0], [0]];
  native.func("void XGBoostVersion(_Out_ int *major, _Out_ int *minor, _Out_ int *patch)")(major, minor, patch);
  if (major[0] < 1 || (major[0] === 1 && minor[0] < 7)) {
    throw new XgboostMissing(`XGBoost ${major[0]}.${minor[0]} is too old, 1.7 is the oldest that is supported`);
  }
  return {
    version: `${major[0]}.${minor[0]}.${patch[0]}`,
    path,
    api,
    check(code) {
      if (code !== 0) throw new XgboostError(firstLines(api.XGBGetLastError()));
    },
  };
}

/** The library appends a native stack trace to its message; people need the message. */
function firstLines(text: string): string {
  return (text.split("Stack trace:")[0] ?? text).trim();
}
