import { IconArrowLeft } from "@tabler/icons-react";
import Link from "next/link";
import classes from "./back-arrow.module.css";

/** Beside a page's name: to where one comes from. */
export function BackArrow({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} className={classes.back} aria-label={label}>
      <IconArrowLeft size={18} stroke={1.8} aria-hidden />
    </Link>
  );
}
