import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import page from "./admin-page.module.css";

/** Stops a long job, once asked whether it is meant. */
export function CancelDeed(props: {
  title: string;
  /** What is lost by it. */
  loss: string;
  sure: string;
  onCancel: () => void;
  isCancelling: boolean;
}) {
  const t = useTranslations("progress");
  const [asked, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={open} loading={props.isCancelling}>
        {t("cancel")}
      </Button>
      <Modal opened={asked} onClose={close} title={props.title} centered>
        <p className={page.soft}>{props.loss}</p>
        <div className={page.modalButtons}>
          <Button
            color="red"
            onClick={() => {
              close();
              props.onCancel();
            }}
          >
            {props.sure}
          </Button>
          <Button variant="default" onClick={close}>
            {t("keep")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
