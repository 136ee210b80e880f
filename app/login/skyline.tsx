import classes from "./login.module.css";

/** Heights of the houses in floors; a lit window is a premises that stayed. */
const houses = [4, 6, 3, 7, 5, 8, 4, 6];
const lit = new Set(["1-2", "2-1", "3-5", "3-2", "4-3", "5-6", "5-1", "6-2", "7-4", "0-1"]);
const window = { width: 11, height: 13, gap: 7 };

/** A row of houses seen from the river. Decorative. */
export function Skyline() {
  const houseWidth = window.width * 3 + window.gap * 4;
  const floor = window.height + window.gap;
  const height = 8 * floor + window.gap;
  return (
    <svg
      className={classes.skyline}
      viewBox={`0 0 ${houses.length * (houseWidth + 8)} ${height}`}
      preserveAspectRatio="xMinYMax meet"
      aria-hidden="true"
      focusable="false"
    >
      {houses.map((floors, house) => {
        const x = house * (houseWidth + 8);
        const top = height - floors * floor - window.gap;
        const key = `house-${x}`;
        return (
          <g key={key}>
            <rect x={x} y={top} width={houseWidth} height={height - top} rx={4} className={classes.wall} />
            {Array.from({ length: floors * 3 }, (_, place) => {
              const level = Math.floor(place / 3);
              const column = place % 3;
              const isLit = lit.has(`${house}-${level}`) && (house + level) % 3 === column;
              return (
                <rect
                  key={`${key}-${level * 3 + column}`}
                  x={x + window.gap + column * (window.width + window.gap)}
                  y={height - (level + 1) * floor}
                  width={window.width}
                  height={window.height}
                  rx={2}
                  className={isLit ? classes.lit : classes.window}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
