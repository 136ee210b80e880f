"use client";

import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useAnnounce } from "./announcer.tsx";

/** Puts a text into the clipboard and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useTranslations("proposal");
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<"copied" | "copyFailed" | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    const result = (await putIntoClipboard(text)) ? "copied" : "copyFailed";
    setOutcome(result);
    announce(t(result));
  };
  const Icon = outcome === "copied" ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<Icon size={16} stroke={1.8} aria-hidden />}
      onClick={() => void copy()}
    >
      {outcome === null ? label : t(outcome)}
    </Button>
  );
}

/** Browsers hide the clipboard from pages that come without https, as in an office's own network: there the old way is left. */
async function putIntoClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
