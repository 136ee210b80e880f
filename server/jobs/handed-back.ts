/** The reason of a signal by which a worker that must go puts what it does back into the queue. */
export class HandedBack extends Error {
  override name = "HandedBack";
}
