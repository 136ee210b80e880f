/** A lead's free premises of one day as a manager had them before him, judged by the model without any taste. */
export interface TasteList {
  leadId: string;
  /** The day whose market was judged. */
  asOfDay: number;
  /** `tasteFeatures` of each premises, one row each. */
  features: number[][];
  /** logit(suitability) − logit(threshold) of each premises by the model that is active now, taste excluded. */
  margins: number[];
}

/** A manager said that the model was wrong about one premises of a list. Marks of one list share the list object. */
export interface TasteMark {
  list: TasteList;
  /** Which premises of the list. */
  index: number;
  /** true: wrongly removed; false: wrongly kept. */
  suitable: boolean;
  /** The day on which he said it. */
  saidDay: number;
}
