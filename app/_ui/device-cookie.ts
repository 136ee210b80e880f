const yearSeconds = 365 * 24 * 3600;

/** Keeps a choice on this device, so that pages of whoever is not signed in know it too. */
export function writeDeviceCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, an intranet may not have it.
  document.cookie = `${name}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
