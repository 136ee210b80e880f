/** What may differ from one made market to another. A model is held against markets of several rules, not of one. */
export interface MarketRules {
  /** From this fit and taste on a premises suits. */
  suitableFrom: number;
  /** How widely managers differ: 1 as they mostly do, 0 all alike. */
  tasteScale: number;
  /** Added to the share of filled wishes, −0.2..0.3. */
  fillShift: number;
  /** Of the leads so many are really worked on. */
  workedShare: number;
  /** Of what is offered, so many ends are written into the CRM. */
  wonRecordedShare: number;
  lostRecordedScale: number;
  /** Spread of what no record tells about a pair. */
  whim: number;
  /** How much better a premises looks to a manager who has it in his head. */
  hotPull: number;
  /** Scales the chance that a client wants what suits. */
  wantsScale: number;
}

export const usualRules: MarketRules = {
  suitableFrom: 0.7,
  tasteScale: 1,
  fillShift: 0,
  workedShare: 0.2,
  wonRecordedShare: 0.8,
  lostRecordedScale: 1,
  whim: 0.35,
  hotPull: 1.5,
  wantsScale: 1,
};

/** Markets that a model is likely to meet. */
export const marketVariants = {
  usual: {},
  /** Cards are emptier still. */
  empty: { fillShift: -0.1 },
  /** Cards are well kept. */
  filled: { fillShift: 0.25 },
  /** Managers are of many minds. */
  opinionated: { tasteScale: 1.6 },
  /** Clients are hard to read. */
  whimsical: { whim: 0.7 },
  /** Little suits. */
  choosy: { suitableFrom: 1.2 },
  /** Much suits. */
  lenient: { suitableFrom: 0.1 },
  /** Nearly every end of an offer is written down. */
  recorded: { wonRecordedShare: 0.95, lostRecordedScale: 3.5 },
  /** Managers offer whatever suits, hot or not; clients sign more often. */
  diligent: { hotPull: 0.3, workedShare: 0.3, wantsScale: 1.4 },
} satisfies Record<string, Partial<MarketRules>>;

export type MarketVariant = keyof typeof marketVariants;
