import { LeadSkeletons } from "./lead-skeletons.tsx";

export default function LeadsLoading() {
  return <LeadSkeletons />;
}
