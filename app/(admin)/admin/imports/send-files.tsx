"use client";

import { Button, CloseButton, Progress } from "@mantine/core";
import { IconFileAlert, IconFileUpload, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Card } from "../../../_ui/card.tsx";
import classes from "./imports.module.css";
import { useBytes } from "./use-bytes.ts";
import { type Sending, useSending } from "./use-sending.ts";

/** Where files are dropped or chosen, and how far each is on its way. */
export function SendFiles({ bytesMax }: { bytesMax: number }) {
  const t = useTranslations("imports.send");
  const sending = useSending(bytesMax);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  // Whoever was faster than this page chose files while nobody listened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is there.
  useEffect(() => take(input.current), []);

  function take(chosen: HTMLInputElement | null): void {
    if (!chosen?.files?.length) return;
    sending.add(chosen.files);
    chosen.value = "";
  }

  return (
    <Card id="send-files" title={t("title")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first. */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          sending.add(event.dataTransfer.files);
        }}
      >
        <IconFileUpload size={30} stroke={1.5} aria-hidden />
        <p className={classes.dropTitle}>{t(over ? "dropNow" : "drop")}</p>
        <p className={classes.dropOr}>{t("or")}</p>
        <Button variant="light" onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          accept=".csv,.tsv,.txt,.xlsx"
          hidden
          aria-label={t("choose")}
          onChange={(event) => take(event.currentTarget)}
        />
        <p className={classes.dropHint}>{t("hint", { megabytes: Math.round(bytesMax / 1024 ** 2) })}</p>
      </div>
      {sending.files.length > 0 && (
        <ul className={classes.sending} aria-label={t("sending")}>
          {sending.files.map((one) => (
            <SendingFile
              key={one.key}
              sending={one}
              onAgain={one.file.size <= bytesMax ? () => sending.again(one.key) : null}
              onTakeOff={() => sending.takeOff(one.key)}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function SendingFile(props: { sending: Sending; onAgain: (() => void) | null; onTakeOff: () => void }) {
  const t = useTranslations("imports.send");
  const bytes = useBytes();
  const { file, state, sent, why } = props.sending;
  const percent = file.size > 0 ? Math.floor((sent / file.size) * 100) : 0;
  const told =
    state === "waits"
      ? t("waits")
      : sent >= file.size
        ? t("checking")
        : t("sent", { done: bytes(sent), whole: bytes(file.size) });
  return (
    <li data-failed={state === "failed" || undefined}>
      <div className={classes.sendingHead}>
        <span className={classes.fileName}>{file.name}</span>
        {state !== "failed" && <span className={classes.soft}>{told}</span>}
        <CloseButton
          size="sm"
          onClick={props.onTakeOff}
          aria-label={t(state === "failed" ? "dismiss" : "cancel", { name: file.name })}
        />
      </div>
      {state === "failed" ? (
        <p className={classes.failed} role="alert">
          <IconFileAlert size={17} stroke={1.8} aria-hidden />
          <span>{why}</span>
          {props.onAgain && (
            <Button variant="subtle" size="compact-xs" leftSection={<IconRefresh size={14} />} onClick={props.onAgain}>
              {t("again")}
            </Button>
          )}
        </p>
      ) : (
        <Progress.Root size="sm" radius="xl">
          <Progress.Section value={percent} aria-label={file.name} aria-valuetext={told} />
        </Progress.Root>
      )}
    </li>
  );
}
