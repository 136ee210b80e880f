import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { inputName, outputName } from "./to-onnx.ts";

/** Stored with every model. */
export const runtimeVersions = { onnxruntime: env.versions.node ?? env.versions.common };

/** A model loaded for scoring. Sessions live as long as the process keeps them; `close` frees the native memory early. */
export interface Session {
  /**
   * Raw margins, one a row, of a row-major matrix in which NaN is missing. No rows give no margins.
   * Throws `RangeError` when the matrix does not fit and `ScoreBroken` when the model answers anything but finite numbers.
   * Blocks the event loop while it runs: about 15 µs a row for 500 trees of depth 5.
   */
  margins(matrix: Float32Array, rows: number, columns: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The runtime refuses the bytes: no ONNX, cut short, or not of our making. */
export class ModelBroken extends Error {
  override name = "ModelBroken";
}

/** The model answered what is no score. */
export class ScoreBroken extends Error {
  override name = "ScoreBroken";
}

/** Loads an ONNX model with one thread: 2 cores serve several requests, and sums in one order are equal to the last bit. */
export async function openSession(bytes: Uint8Array): Promise<Session> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: "sequential",
      logSeverityLevel: 4,
    });
  } catch (error) {
    throw new ModelBroken("The runtime cannot read the model: its bytes are damaged or are no ONNX", { cause: error });
  }
  if (session.inputNames.join() !== inputName || session.outputNames.join() !== outputName) {
    throw new ModelBroken(`The model takes [${session.inputNames}] and gives [${session.outputNames}], not ours`);
  }
  return {
    async margins(matrix, rows, columns) {
      if (matrix.length !== rows * columns) {
        throw new RangeError(
          `The matrix holds ${matrix.length} values, ${rows} rows of ${columns} need ${rows * columns}`,
        );
      }
      if (rows === 0) return new Float32Array(0);
      const input = { [inputName]: new Tensor("float32", matrix, [rows, columns]) };
      const output = await session.run(input).catch((cause: unknown) => {
        throw new ScoreBroken(`The model does not take rows of ${columns} columns`, { cause });
      });
      const margins = output[outputName]?.data;
      if (!(margins instanceof Float32Array) || margins.length !== rows) {
        throw new ScoreBroken(`The model gave no margin for each of ${rows} rows`);
      }
      const bad = margins.findIndex((margin) => !Number.isFinite(margin));
      if (bad >= 0) throw new ScoreBroken(`The model gave ${margins[bad]} for row ${bad}`);
      return margins;
    },
    close: () => session.release(),
  };
}
