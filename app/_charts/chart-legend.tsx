import classes from "./chart-legend.module.css";

export interface LegendEntry {
  name: string;
  /** Any CSS colour. */
  colour: string;
  /** How it is drawn; left out: as an area. */
  isLine?: boolean;
}

/** What the colours of a chart are, above it: no word lies on what is drawn. */
export function ChartLegend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className={classes.legend}>
      {entries.map(({ name, colour, isLine }) => (
        <li key={name}>
          <span className={classes.swatch} style={{ color: colour }} data-line={isLine || undefined} />
          {name}
        </li>
      ))}
    </ul>
  );
}
