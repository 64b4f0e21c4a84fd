"use client";

import type { ReactNode } from "react";
import { Button, Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { type ButtonKind, buttonStyle } from "./button-style";
import { Icon, type IconName } from "./icon";

type DialogProps = {
  /** The button that opens it. */
  trigger: { label: ReactNode; kind?: ButtonKind; icon?: IconName };
  title: string;
  closeLabel: string;
  /** An act that loses something: read out as an alert, and a click beside it does not close it. */
  grave?: boolean;
  /** For a parent that opens or closes it itself, for example after its form was accepted. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

/** Asks for one decision over the page. Focus stays inside, Escape closes, and focus returns to the button. */
export function Dialog({ trigger, title, closeLabel, grave = false, open, onOpenChange, children }: DialogProps) {
  return (
    <DialogTrigger {...(open === undefined ? {} : { isOpen: open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Button className={buttonStyle(trigger.kind ?? "secondary")}>
        {trigger.icon && <Icon name={trigger.icon} />}
        {trigger.label}
      </Button>
      <ModalOverlay
        isDismissable={!grave}
        className="fixed inset-0 z-50 flex items-end justify-center bg-ink/40 sm:items-center sm:p-6"
      >
        <Modal className="flex max-h-[90dvh] w-full flex-col overflow-y-auto bg-white shadow-float max-sm:rounded-t sm:max-w-120 sm:rounded">
          <AriaDialog role={grave ? "alertdialog" : "dialog"} className="px-5 pt-4 pb-5 outline-none">
            <div className="mb-3 flex items-start justify-between gap-4">
              <Heading slot="title" className="text-lg font-semibold">
                {title}
              </Heading>
              <Button
                slot="close"
                aria-label={closeLabel}
                className="-mt-1.5 -mr-2.5 flex size-10 shrink-0 items-center justify-center rounded text-ink-soft hover:bg-line-soft hover:text-ink"
              >
                <Icon name="close" />
              </Button>
            </div>
            <div className="flex flex-col gap-3">{children}</div>
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-2 flex flex-wrap justify-end gap-2">{children}</div>;
}

/** A button that closes the dialog around it: 取消. */
export function DialogClose({ children }: { children: ReactNode }) {
  return (
    <Button slot="close" className={buttonStyle("secondary")}>
      {children}
    </Button>
  );
}
