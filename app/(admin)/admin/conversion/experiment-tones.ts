/** How a comparison stands, as its tag is coloured. */
export const experimentTones = {
  drawing: "open",
  ripening: "open",
  stoppedEarly: undefined,
  unfair: "bad",
  better: "good",
  worse: "bad",
  undecided: undefined,
} as const;
