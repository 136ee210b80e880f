import type { ProposalContent, ProposalView, SavedDraft } from "../proposal-answers.ts";

/** The part of the browser's storage that is needed here. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface KeptDraft {
  content: ProposalContent;
  /** What the last saved content looks like, and the content it was made of. */
  shown: Pick<SavedDraft, "document" | "message" | "reasons"> & { content: ProposalContent };
  savedAt: Date;
  /**
   * `waiting`: nothing answers, it will be tried again. `overtaken`: it was changed elsewhere, a person has to choose.
   * `refused`: it cannot be saved as it stands.
   */
  status: "saved" | "saving" | "waiting" | "overtaken" | "refused";
  canUndo: boolean;
  canRedo: boolean;
}

export interface KeeperWorld {
  save(input: { proposalId: string; base: number; content: ProposalContent }): Promise<SavedDraft>;
  /** The proposal as it stands at the server. */
  read(): Promise<ProposalView>;
  shelf: Shelf;
  /** Whether a failed saving has a chance later; `overtaken`: somebody else has saved in between. */
  kindOf(error: unknown): "passing" | "overtaken" | "refused";
}

/** So long after the last stroke a draft is saved. */
const PAUSE_MS = 500;
const RETRY_MS = [1_500, 4_000, 10_000];
/** Strokes in one field that follow each other this closely are undone together. */
const SAME_STROKE_MS = 1_500;
const UNDO_MAX = 100;

/**
 * Keeps a draft while it is written: each change is on the shelf at once and at the server soon, in order, and can be taken
 * back. A lost network or a closed tab loses nothing; what was left on the shelf is taken up by the next visit.
 */
export class DraftKeeper {
  private readonly proposalId: string;
  private readonly world: KeeperWorld;
  private readonly listeners = new Set<() => void>();
  private revision: number;
  private kept: KeptDraft;
  private past: ProposalContent[] = [];
  private future: ProposalContent[] = [];
  private lastStroke = { field: "", at: 0 };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private running: Promise<void> | null = null;

  constructor(view: ProposalView, world: KeeperWorld) {
    this.proposalId = view.proposalId;
    this.world = world;
    this.revision = view.revision;
    this.kept = { ...showing(view), status: "saved", canUndo: false, canRedo: false };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The same object until something changes. */
  read = (): KeptDraft => this.kept;

  /** Takes up what an earlier visit could not save. Not in the constructor: the first picture must be like the server's. */
  takeUp(): void {
    const left = parseLeft(this.world.shelf.getItem(this.name()));
    if (!left) return;
    if (same(left.content, this.kept.content)) {
      this.world.shelf.removeItem(this.name());
      return;
    }
    this.past.push(this.kept.content);
    this.change({ content: left.content, status: left.base === this.revision ? "saving" : "overtaken" });
    if (left.base === this.revision) this.saveSoon(0);
  }

  /** `field` names what is being typed into, so that a word is undone and not a letter. */
  edit(content: ProposalContent, field = ""): void {
    if (same(content, this.kept.content)) return;
    const at = Date.now();
    const goesOn = field !== "" && field === this.lastStroke.field && at - this.lastStroke.at < SAME_STROKE_MS;
    this.lastStroke = { field, at };
    if (!goesOn) this.past = [...this.past, this.kept.content].slice(-UNDO_MAX);
    this.future = [];
    this.put(content);
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.kept.content);
    this.lastStroke = { field: "", at: 0 };
    this.put(before);
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.kept.content);
    this.put(after);
  }

  /** Saves what is not saved yet. Resolves to the saved revision; null: it could not be saved now. */
  async flush(): Promise<number | null> {
    clearTimeout(this.timer);
    await this.run();
    return this.kept.status === "saved" ? this.revision : null;
  }

  /** The draft was changed by another deed, such as adding premises: that is the state to go on from. */
  adopt(view: ProposalView): void {
    if (!same(view.content, this.kept.content)) this.past.push(this.kept.content);
    this.future = [];
    this.revision = view.revision;
    this.change({ ...showing(view), status: "saved" });
    this.world.shelf.removeItem(this.name());
  }

  /** After `overtaken`: what was written elsewhere stands; what was written here can be brought back by undo. */
  async takeTheirs(): Promise<void> {
    this.adopt(await this.world.read());
  }

  /** After `overtaken`: what was written here stands; the other state remains among the revisions. */
  async keepMine(): Promise<void> {
    this.revision = (await this.world.read()).revision;
    this.change({ status: "saving" });
    await this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private put(content: ProposalContent): void {
    const status = this.kept.status === "overtaken" ? "overtaken" : "saving";
    this.change({ content, status });
    this.world.shelf.setItem(this.name(), JSON.stringify({ base: this.revision, content }));
    if (status === "saving") this.saveSoon(PAUSE_MS);
  }

  private saveSoon(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), ms);
  }

  /** One saving at a time; whoever asks meanwhile waits for it and for what has been written since. */
  private async run(): Promise<void> {
    while (this.running) await this.running;
    if (this.kept.status === "overtaken") return;
    // Written and put back before it went out. What a failed saving left at the server is not known: that goes out.
    if (same(this.kept.content, this.kept.shown.content) && this.failures === 0) return this.settle();
    this.running = this.saveOnce().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  /** All that stands here stands at the server. */
  private settle(): void {
    if (this.kept.status === "saved") return;
    this.change({ status: "saved" });
    this.world.shelf.removeItem(this.name());
  }

  private async saveOnce(): Promise<void> {
    const { content } = this.kept;
    try {
      const saved = await this.world.save({ proposalId: this.proposalId, base: this.revision, content });
      this.failures = 0;
      this.revision = saved.revision;
      const { document, message, reasons, savedAt } = saved;
      const current = same(this.kept.content, content);
      this.change({
        shown: { document, message, reasons, content },
        savedAt,
        status: current ? "saved" : "saving",
      });
      if (current) this.world.shelf.removeItem(this.name());
      else {
        this.world.shelf.setItem(this.name(), JSON.stringify({ base: this.revision, content: this.kept.content }));
        this.saveSoon(PAUSE_MS);
      }
    } catch (error) {
      const kind = this.world.kindOf(error);
      this.change({ status: kind === "passing" ? "waiting" : kind });
      if (kind === "passing") this.saveSoon(RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)]!);
    }
  }

  private change(next: Partial<KeptDraft>): void {
    this.kept = { ...this.kept, ...next, canUndo: this.past.length > 0, canRedo: this.future.length > 0 };
    for (const listener of this.listeners) listener();
  }

  private name(): string {
    return `ostap.draft.${this.proposalId}`;
  }
}

function showing({ content, document, message, reasons, savedAt }: ProposalView) {
  return { content, shown: { document, message, reasons, content }, savedAt };
}

/** Content is plain JSON, its fields always in the same order. */
function same(a: ProposalContent, b: ProposalContent): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function parseLeft(text: string | null): { base: number; content: ProposalContent } | null {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    // Something else wrote here: nothing of ours is lost.
    return null;
  }
}
