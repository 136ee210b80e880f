import { Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import { PremisesAround } from "../../leads/[leadId]/panel/premises-around.tsx";
import classes from "./premises-screen.module.css";

/** What stands around and behind the premises on the day; it comes after the facts and the leads. */
export function AroundCard({ premises }: { premises: RouterOutputs["premises"]["get"] }) {
  const t = useTranslations("stock");
  const trpc = useTRPC();
  const { premisesId, asOf } = premises;
  const described = useQuery(
    trpc.premises.describe.queryOptions({ premisesId, asOf }, { refetchOnWindowFocus: false }),
  );
  return (
    <section className={classes.around} aria-labelledby="around">
      <Title order={2} id="around" className={classes.title}>
        {t("around")}
      </Title>
      {described.isPending && <Skeleton height={320} radius="md" />}
      {described.isError && (
        <Problem error={described.error} onRetry={() => void described.refetch()} retrying={described.isFetching} />
      )}
      {described.isSuccess && <PremisesAround described={described.data} asOf={asOf} />}
    </section>
  );
}
