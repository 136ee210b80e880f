import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { useTRPC } from "../../../trpc/client.tsx";

/** A file on its way to the server, or one that did not get there. */
export interface Sending {
  key: number;
  file: File;
  state: "waits" | "sends" | "failed";
  /** Of its bytes. */
  sent: number;
  /** Why it did not get there, in words. */
  why: string | null;
}

/** One after another: two at once would each take twice as long. */
export function useSending(bytesMax: number) {
  const t = useTranslations("imports.send");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [files, setFiles] = useState<Sending[]>([]);
  const current = useRef<{ key: number; request: XMLHttpRequest } | null>(null);
  const keys = useRef(0);

  const change = (key: number, over: Partial<Sending>) =>
    setFiles((files) => files.map((one) => (one.key === key ? { ...one, ...over } : one)));
  const drop = (key: number) => setFiles((files) => files.filter((one) => one.key !== key));

  const next = files.find(({ state }) => state === "waits");
  const busy = files.some(({ state }) => state === "sends");
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a file is sent with does not send it anew.
  useEffect(() => {
    if (!next || busy) return;
    const { key, file } = next;
    change(key, { state: "sends", sent: 0 });
    const request = send(file, {
      onSent: (sent) => change(key, { sent }),
      onDone: () => {
        drop(key);
        announce(t("received", { name: file.name }));
        void queries.invalidateQueries({ queryKey: trpc.imports.list.queryKey() });
      },
      onFailed: (words) => change(key, { state: "failed", why: words ?? t("broken") }),
      onOffline: () => change(key, { state: "failed", why: t("offline") }),
    });
    current.current = { key, request };
  }, [next, busy]);

  // Whoever leaves the page takes what is on its way back: a half of a file is nothing.
  useEffect(() => () => current.current?.request.abort(), []);

  return {
    files,
    add: (added: Iterable<File>) => {
      const tooLarge = t("tooLarge", { megabytes: Math.round(bytesMax / 1024 ** 2) });
      setFiles((files) => [
        ...files,
        ...[...added].map((file): Sending => {
          const fits = file.size <= bytesMax;
          return { key: keys.current++, file, state: fits ? "waits" : "failed", sent: 0, why: fits ? null : tooLarge };
        }),
      ]);
    },
    again: (key: number) => change(key, { state: "waits", sent: 0, why: null }),
    takeOff: (key: number) => {
      if (current.current?.key === key) current.current.request.abort();
      drop(key);
    },
  };
}

interface Heard {
  onSent(bytes: number): void;
  onDone(): void;
  /** null: the server said no word that we know. */
  onFailed(words: string | null): void;
  onOffline(): void;
}

/** fetch tells nothing of what has been sent; this does. */
function send(file: File, heard: Heard): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/imports/files?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.addEventListener("progress", ({ loaded }) => heard.onSent(loaded));
  request.addEventListener("load", () => {
    if (request.status === 201) heard.onDone();
    else heard.onFailed(detailOf(request.responseText));
  });
  request.addEventListener("error", heard.onOffline);
  request.send(file);
  return request;
}

/** What a problem of our doors says; null: it is none of ours. */
function detailOf(text: string): string | null {
  try {
    const problem: unknown = JSON.parse(text);
    return typeof problem === "object" && problem !== null && "detail" in problem ? String(problem.detail) : null;
  } catch {
    return null;
  }
}
