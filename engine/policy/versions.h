/* versions.h - when which text of a policy was in force. */
#ifndef POLICY_VERSIONS_H
#define POLICY_VERSIONS_H

#include "policy/inside.h"
#include "policy/reader.h"

/* Read the section `versions`, apply amendments and, where there is one, the
 * scenario; without the section one version is in force for ever.  Overlaps
 * are faults, holes are warnings.  0 after faults. */
int versions_read(Policy *policy, Reader *r);

/* Cut the versions where a parameter changes, and compile each part. */
int versions_compile(Policy *policy, Reader *r);

#endif
