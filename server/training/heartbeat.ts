/** A running training writes its proof of life so often. Apart from what runs one: the web server asks for trainings and must not load what forks. */
export const BEAT_MS = 2000;

/** A run that missed this many seconds of beats will not come back: another may take over. */
export const TAKE_OVER_AFTER_SECONDS = 12;
