import type { Difference } from "../share.ts";

/** What the rules that were said at the start have to say now. */
export type ExperimentState =
  /** Leads are being taken in. */
  | "drawing"
  /** All that were planned are in; the last of them still have days to succeed. */
  | "ripening"
  /** Stopped before its rules allowed a conclusion: there is none. */
  | "stoppedEarly"
  /** The arms are not of the size that a fair draw gives: whatever follows is worth nothing until the cause is found. */
  | "unfair"
  /** The interval lies above zero, below it, or around it. */
  | "better"
  | "worse"
  | "undecided";

/** Below this the sizes of the arms are no chance: strict, since it is looked at every day. */
export const FAIR_P_MIN = 0.001;

/**
 * The verdict of an experiment. `isComplete`: all planned leads are in, or the weeks are over, and the last lead has had its days
 * while the experiment ran; nothing is concluded before, however the figures look. Pure.
 */
export function decideExperiment(seen: {
  isDrawing: boolean;
  isComplete: boolean;
  isStopped: boolean;
  /** Of the sizes of the arms; null: nobody was drawn. */
  fairP: number | null;
  difference: Difference;
}): ExperimentState {
  const { low, high } = seen.difference;
  if (seen.fairP !== null && seen.fairP < FAIR_P_MIN) return "unfair";
  if (!seen.isComplete) return seen.isStopped ? "stoppedEarly" : seen.isDrawing ? "drawing" : "ripening";
  if (low !== null && low > 0) return "better";
  if (high !== null && high < 0) return "worse";
  return "undecided";
}
