/** An address that can be of a pilot; of any other the server need not be asked. */
export function isPilotId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
