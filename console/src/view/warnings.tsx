/** What stands between this person and a spoken call. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <div role="alert" className="flex flex-col gap-2">
      {warnings.map((warning) => (
        <p
          key={warning}
          className="rounded-xl bg-(--caution-ground) px-4 py-2.5 text-sm text-(--caution)"
        >
          {warning}
        </p>
      ))}
    </div>
  );
}
