/** Text that a spreadsheet does not run: what begins like a formula gets an apostrophe before it; numbers stay numbers. */
export function inert(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) && !/^[-+]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
}
