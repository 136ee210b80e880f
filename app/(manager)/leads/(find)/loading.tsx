import { FinderSkeleton } from "./lead-skeletons.tsx";

export default function LeadsLoading() {
  return <FinderSkeleton />;
}
