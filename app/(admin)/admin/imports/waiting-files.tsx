"use client";

import { Button, CloseButton } from "@mantine/core";
import { IconFileSearch, IconFileSpreadsheet } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { StateTag } from "../../../_ui/state-tag.tsx";
import page from "../../admin-page.module.css";
import { FilePreview } from "./file-preview.tsx";
import classes from "./imports.module.css";
import { useBytes } from "./use-bytes.ts";
import { useImportDeeds } from "./use-import-deeds.ts";

type Upload = RouterOutputs["imports"]["list"]["uploads"][number];

/** Files that have come and wait: how each is read, and the buttons to try and to import them all. */
export function WaitingFiles({ uploads }: { uploads: Upload[] }) {
  const t = useTranslations("imports.waiting");
  const deeds = useImportDeeds();
  const free = uploads.filter(({ inUse }) => !inUse).map(({ uploadId }) => uploadId);
  return (
    <Card
      id="waiting-files"
      title={t("title", { count: uploads.length })}
      aside={<span className={page.soft}>{t("kept")}</span>}
    >
      <ul className={classes.waiting}>
        {uploads.map((upload) => (
          <WaitingFile
            key={upload.uploadId}
            upload={upload}
            // Of a few files each is looked at; of many the one that is opened.
            isOpen={uploads.length <= 3}
            onRemove={() => deeds.remove(upload.uploadId)}
            removing={deeds.removing === upload.uploadId}
          />
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          leftSection={<IconFileSearch size={18} />}
          onClick={() => deeds.request(free, true)}
          loading={deeds.requesting === "dry"}
          disabled={free.length === 0 || deeds.requesting === "real"}
        >
          {t("try")}
        </Button>
        <Button
          variant="subtle"
          onClick={() => deeds.request(free, false)}
          loading={deeds.requesting === "real"}
          disabled={free.length === 0 || deeds.requesting === "dry"}
        >
          {t("run")}
        </Button>
      </div>
      <p className={classes.note}>{t("tryMore")}</p>
    </Card>
  );
}

function WaitingFile(props: { upload: Upload; isOpen: boolean; onRemove: () => void; removing: boolean }) {
  const t = useTranslations("imports.waiting");
  const bytes = useBytes();
  const { uploadId, name, inUse } = props.upload;
  const [opened, setOpened] = useState(props.isOpen);
  return (
    <li className={classes.waitingOne}>
      <details open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>
          <IconFileSpreadsheet size={18} stroke={1.6} aria-hidden />
          <span className={classes.fileName}>{name}</span>
          <span className={classes.soft}>{bytes(props.upload.bytes)}</span>
          {inUse && <StateTag>{t("inUse")}</StateTag>}
        </summary>
        {opened && <FilePreview uploadId={uploadId} file={name} />}
      </details>
      <CloseButton
        className={classes.remove}
        size="sm"
        onClick={props.onRemove}
        disabled={inUse || props.removing}
        aria-label={t("remove", { name })}
      />
    </li>
  );
}
