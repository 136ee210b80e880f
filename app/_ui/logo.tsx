/** The mark of the house: a doorway under a roof. Decorative, its neighbour says the name. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--logo-ground, #3156bb)" />
      <path d="M6.5 24.5V13.2L16 6.5l9.5 6.7v11.3h-6.2v-6.6a3.3 3.3 0 0 0-6.6 0v6.6z" fill="var(--logo-shape, #fff)" />
      <circle cx="16" cy="13.4" r="1.5" fill="var(--logo-ground, #3156bb)" />
    </svg>
  );
}
