import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./jobs.module.css";
import { useBytes } from "./use-bytes.ts";

type System = RouterOutputs["health"]["system"];

const GIB = 2 ** 30;
/** Below it a training or an import may not end; `ostap doctor` says the same. */
const DISK_LOW = 2 * GIB;
const OLD_MS = 48 * 3_600_000;

/** How large, how full, how old, and which versions. */
export function SystemCard({ system: { database, disk, backup, versions } }: { system: System }) {
  const t = useTranslations("admin.jobs");
  const figures = useFigures();
  const bytes = useBytes();
  const low = disk !== null && disk.freeBytes < DISK_LOW;
  const old = backup === null || Date.now() - backup.at.getTime() > OLD_MS;
  return (
    <Card id="system" title={t("system")}>
      <div className={classes.tiles}>
        <Tile
          label={t("database")}
          value={bytes(database.bytes)}
          note={t("largest", {
            list: database.largest
              .slice(0, 3)
              .map((one) => `${one.table} ${bytes(one.bytes)}`)
              .join(", "),
          })}
        />
        <Tile
          label={t("disk")}
          value={disk === null ? "—" : bytes(disk.freeBytes)}
          note={disk === null ? t("diskUnknown") : low ? t("diskLow") : t("diskOf", { total: bytes(disk.totalBytes) })}
          bad={low}
        />
        <Tile
          label={t("backup")}
          value={backup === null ? t("backupNone") : figures.moment(backup.at)}
          note={
            backup === null
              ? t("backupHow")
              : [old ? t("backupOld") : null, backup.bytes === null ? null : bytes(backup.bytes), backup.place]
                  .filter(Boolean)
                  .join(" · ")
          }
          bad={old}
        />
        <Tile
          label={t("connections")}
          value={figures.whole(database.connections)}
          note={t("connectionsOf", { max: database.connectionsMax })}
          bad={database.connections > database.connectionsMax * 0.9}
        />
      </div>
      <h3 className={classes.subtitle}>{t("versions")}</h3>
      <dl className={classes.versions}>
        {(["app", "node", "postgres", "onnxruntime", "xgboost", "activeModelId"] as const).map((name) => (
          <div key={name}>
            <dt>{t(`versionOf.${name}`)}</dt>
            <dd>{version(name)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );

  function version(name: keyof System["versions"]): string {
    if (name !== "activeModelId") return versions[name] ?? t("none");
    return versions.activeModelId === null ? t("noModel") : t("model", { id: String(versions.activeModelId) });
  }
}

function Tile(props: { label: string; value: string; note: string; bad?: boolean }) {
  return (
    <div className={classes.tile} data-tone={props.bad ? "bad" : undefined}>
      <p className={classes.label}>{props.label}</p>
      <p className={classes.value}>{props.value}</p>
      <p className={classes.tileNote}>{props.note}</p>
    </div>
  );
}
