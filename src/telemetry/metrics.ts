import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { TrailEvent } from '../protocol/index.ts';

/** What Prometheus reads from us. Numbers about calls come from their trails, nowhere else. */
export interface Metrics {
  /** Makes the edges of a desk visible with 0, so that a rate over them works from the first one. */
  declareDesk(desk: {
    readonly name: string;
    readonly edges: readonly { readonly from: string; readonly to: string }[];
  }): void;
  /** Counts one durable event of a call at `desk`. */
  readonly observe: (desk: string, event: TrailEvent) => void;
  /** Counts a call that was not taken. */
  readonly refused: (code: string) => void;
  /** Counts a frame from a caller that was dropped. */
  readonly frameDropped: (reason: string) => void;
  /** The exposition text and its content type. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Seconds of what a caller waits for: finest where it begins to be noticed. */
const heardBuckets = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10];

/**
 * @param options.activeCalls how many calls are held right now.
 * @param options.processMetrics also expose memory, CPU and event-loop lag. @default true
 */
export function createMetrics(options: {
  readonly activeCalls: () => number;
  readonly processMetrics?: boolean;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics ?? true) collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'switchboard_calls_active',
    help: 'Calls held right now.',
    registers,
    collect() {
      this.set(options.activeCalls());
    },
  });
  const started = new Counter({
    name: 'switchboard_calls_started_total',
    help: 'Calls taken.',
    labelNames: ['desk', 'channel'],
    registers,
  });
  const ended = new Counter({
    name: 'switchboard_calls_total',
    help: 'Calls ended, by the reason on their trail.',
    labelNames: ['desk', 'reason'],
    registers,
  });
  const refused = new Counter({
    name: 'switchboard_calls_refused_total',
    help: 'Calls not taken.',
    labelNames: ['code'],
    registers,
  });
  const handoffs = new Counter({
    name: 'switchboard_handoffs_total',
    help: 'Handoffs that the engine acknowledged.',
    labelNames: ['desk', 'from', 'to'],
    registers,
  });
  const handoffSeconds = new Histogram({
    name: 'switchboard_handoff_duration_seconds',
    help: 'From the finished transfer call to the acknowledged session of the next agent.',
    labelNames: ['desk'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const handoffLabels = ['desk', 'from', 'to'] as const;
  const firstAudioSeconds = new Histogram({
    name: 'switchboard_handoff_first_audio_seconds',
    help: 'From the finished transfer call to the first audio of the next agent.',
    labelNames: handoffLabels,
    buckets: heardBuckets,
    registers,
  });
  const silenceSeconds = new Histogram({
    name: 'switchboard_handoff_silence_seconds',
    help: 'Silence the caller heard at a handoff.',
    labelNames: handoffLabels,
    buckets: heardBuckets,
    registers,
  });
  const overBudget = new Counter({
    name: 'switchboard_handoffs_over_budget_total',
    help: 'Handoffs whose first audio came later than the desk allows.',
    labelNames: handoffLabels,
    registers,
  });
  const handoffsRefused = new Counter({
    name: 'switchboard_handoffs_refused_total',
    help: 'Handoffs that a limit or a gate refused.',
    labelNames: ['desk', 'code'],
    registers,
  });
  const tools = new Counter({
    name: 'switchboard_tool_calls_total',
    help: 'Tool calls that returned.',
    labelNames: ['desk', 'tool', 'ok'],
    registers,
  });
  const toolSeconds = new Histogram({
    name: 'switchboard_tool_duration_seconds',
    help: 'Time a tool took.',
    labelNames: ['desk', 'tool'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const interruptions = new Counter({
    name: 'switchboard_interruptions_total',
    help: 'Times a caller spoke over an agent.',
    labelNames: ['desk', 'agent'],
    registers,
  });
  const dropped = new Counter({
    name: 'switchboard_frames_dropped_total',
    help: 'Frames from callers that were not usable.',
    labelNames: ['reason'],
    registers,
  });
  return {
    declareDesk(desk) {
      for (const { from, to } of desk.edges) {
        handoffs.inc({ desk: desk.name, from, to }, 0);
        overBudget.inc({ desk: desk.name, from, to }, 0);
      }
    },
    observe(desk, event) {
      switch (event.type) {
        case 'call.started':
          started.inc({ desk, channel: event.channel });
          break;
        case 'handoff.completed':
          handoffs.inc({ desk, from: event.from, to: event.to });
          handoffSeconds.observe({ desk }, event.durationMs / 1000);
          break;
        case 'handoff.opened': {
          const edge = { desk, from: event.from, to: event.to };
          firstAudioSeconds.observe(edge, event.firstAudioMs / 1000);
          silenceSeconds.observe(edge, event.silenceMs / 1000);
          overBudget.inc(edge, event.overBudget ? 1 : 0);
          break;
        }
        case 'handoff.refused':
          handoffsRefused.inc({ desk, code: event.code });
          break;
        case 'tool.returned':
          tools.inc({ desk, tool: event.tool, ok: String(event.ok) });
          toolSeconds.observe({ desk, tool: event.tool }, event.durationMs / 1000);
          break;
        case 'audio.interrupted':
          interruptions.inc({ desk, agent: event.agent });
          break;
        case 'call.ended':
          ended.inc({ desk, reason: event.reason });
          break;
        default: // nobody counts the others
      }
    },
    refused: (code) => refused.inc({ code }),
    frameDropped: (reason) => dropped.inc({ reason }),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
