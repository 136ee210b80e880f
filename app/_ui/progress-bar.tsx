import { Progress } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Facts } from "./facts.tsx";
import classes from "./progress-bar.module.css";
import { useSpan } from "./use-span.ts";

/** A long job that waits or runs: where it is, how far it has come, and what else is known of it. */
export function ProgressBar(props: {
  name: string;
  stage: string;
  /** 0 to 100. */
  percent: number;
  isRunning: boolean;
  elapsedSeconds: number;
  /** null: nobody can tell yet. */
  remainingSeconds: number | null;
  attempts: number;
  /** Said after the times, in this order. */
  facts: readonly string[];
}) {
  const { stage, attempts } = props;
  const t = useTranslations("progress");
  const times = useTimes(props);
  const percent = Math.floor(props.percent);
  const facts = [
    ...(props.isRunning ? times : []),
    ...(attempts > 1 ? [t("attempt", { n: attempts })] : []),
    ...props.facts,
  ];
  return (
    <>
      <div className={classes.now}>
        <p className={classes.stage}>{stage}</p>
        <p className={classes.percent} aria-hidden>
          {percent}&nbsp;%
        </p>
      </div>
      <Progress.Root size="lg" radius="xl">
        <Progress.Section
          value={props.percent}
          animated={props.isRunning}
          aria-label={props.name}
          aria-valuetext={`${t("done", { percent })}. ${stage}`}
        />
      </Progress.Root>
      <Facts className={classes.facts}>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </Facts>
    </>
  );
}

function useTimes(of: { elapsedSeconds: number; remainingSeconds: number | null }): [string, string] {
  const t = useTranslations("progress");
  const span = useSpan();
  const { elapsedSeconds, remainingSeconds } = of;
  const rest =
    remainingSeconds === null
      ? t("remainingUnknown")
      : remainingSeconds < 60
        ? t("remainingSoon")
        : t("remaining", { time: span(remainingSeconds) });
  return [t("elapsed", { time: span(elapsedSeconds) }), rest];
}
