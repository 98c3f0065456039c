(* The inputs that statements make of others are inputs of the domain: where a rule is given by an equation that
   its unknown solves, this is what says that it is solved there too. *)

From Axiomkd Require Import Core Rules Means Limits Statements.

Lemma normalised_gt_0 : forall V (m : nat -> R), (forall i, (i < V)%nat -> 0 < m i) ->
  forall i, (i < V)%nat -> 0 < m i * rpow (rsum V m) (-1).
Proof.
  intros V m P i Hi. apply Rmult_lt_0_compat; [exact (P i Hi)|].
  apply rpow_gt_0, rsum_gt_0; [lia | exact P].
Qed.
Lemma normalised_sum : forall V (m : nat -> R), (1 <= V)%nat -> (forall i, (i < V)%nat -> 0 < m i) ->
  rsum V (fun i => m i * rpow (rsum V m) (-1)) = 1.
Proof.
  intros V m H P. rewrite (rsum_ext V _ (fun i => rpow (rsum V m) (-1) * m i)) by (intros; ring).
  rewrite <- rsum_scal, rpow_inv. apply Rinv_l. generalize (rsum_gt_0 V m H P). lra.
Qed.

Lemma interior_normalised : forall K V (m : nat -> nat -> R), (2 <= V)%nat ->
  (forall k, (k < K)%nat -> forall i, (i < V)%nat -> 0 < m k i) ->
  interior K V (fun k i => m k i * rpow (rsum V (fun j => m k j)) (-1)).
Proof.
  intros K V m H P. split; intros k Hk.
  - intros i Hi. exact (normalised_gt_0 V (m k) (P k Hk) i Hi).
  - apply (normalised_sum V (m k)); [lia | exact (P k Hk)].
Qed.
Lemma interior_raised : forall K V p (e : nat -> R), (2 <= V)%nat -> interior K V p ->
  interior K V (fun k => raised V (e k) (p k)).
Proof.
  intros K V p e H [P _]. apply (interior_normalised K V (fun k i => rpow (p k i) (e k)) H).
  intros k Hk i Hi. exact (rpow_gt_0 _ _ (P k Hk i Hi)).
Qed.
Lemma interior_common : forall K V p t, (2 <= V)%nat -> interior K V p -> interior K V (common V t p).
Proof. intros K V p t. exact (interior_raised K V p (fun _ => rpow t (-1))). Qed.
Lemma interior_soft : forall K V p T, (2 <= V)%nat -> interior K V p -> interior K V (soft V T p).
Proof. intros K V p T. exact (interior_raised K V p (fun k => rpow (T k) (-1))). Qed.
Lemma interior_alike : forall K V x, (forall i, (i < V)%nat -> 0 < x i) -> rsum V (fun i => x i) = 1 ->
  interior K V (fun _ => x).
Proof. intros K V x P S. split; intros k Hk; assumption. Qed.
Lemma interior_permuted : forall K V p s, permutation K s -> interior K V p -> interior K V (fun k => p (s k)).
Proof.
  intros K V p s [R _] [P S]. split; intros k Hk; [exact (P (s k) (R k Hk)) | exact (S (s k) (R k Hk))].
Qed.
Lemma interior_renamed : forall K V p s, permutation V s -> interior K V p -> interior K V (fun k j => p k (s j)).
Proof.
  intros K V p s H [P S]. split; intros k Hk.
  - intros i Hi. exact (P k Hk (s i) (proj1 H i Hi)).
  - rewrite (rsum_permutation V s (p k) H). exact (S k Hk).
Qed.
Lemma interior_changed : forall K V p a x, interior K V p -> (forall i, (i < V)%nat -> 0 < x i) ->
  rsum V (fun i => x i) = 1 -> interior K V (changed a x p).
Proof.
  intros K V p a x [P S] X T. split; intros k Hk; unfold changed; destruct (Nat.eqb k a); simpl.
  - exact X.
  - exact (P k Hk).
  - exact T.
  - exact (S k Hk).
Qed.
Lemma interior_shifted : forall K V p a d i, (a < K)%nat -> (i < V)%nat -> 0 <= d -> d < 1 -> interior K V p ->
  interior K V (changed a (fun j => (1 + (-1) * d) * p a j + d * rif (Nat.eqb j i) 1 0) p).
Proof.
  intros K V p a d i Ha Hi A B [P S]. apply interior_changed; [split; assumption | |].
  - intros j Hj. apply Rplus_lt_le_0_compat.
    + apply Rmult_lt_0_compat; [lra | exact (P a Ha j Hj)].
    + apply Rmult_le_pos; [exact A|]. destruct (Nat.eqb j i); simpl; lra.
  - rewrite (rsum_linear V (1 + (-1) * d) (fun j => p a j)), (S a Ha), <- rsum_scal.
    rewrite (rsum_ext V _ (fun j => rif (Nat.eqb j i) 1 0 * 1)) by (intros; ring).
    rewrite (rsum_delta V i (fun _ => 1) Hi). ring.
Qed.
Lemma interior_merged : forall K V M p c, (2 <= M)%nat -> merging V M c -> interior K V p ->
  interior K M (fun k g => rsum V (fun i => c i g * p k i)).
Proof.
  intros K V M p c H (Q & T & F & _) [P S].
  assert (forall i, (i < V)%nat -> forall g, (g < M)%nat -> 0 <= c i g) as Z.
  { intros i Hi g Hg. rewrite <- (Q i Hi g Hg). apply Rle_0_sqr. }
  split; intros k Hk.
  - intros g Hg. destruct (rsum_positive_entry V (fun i => c i g)) as [i [Hi L]].
    { generalize (F g Hg). lra. }
    apply (rsum_gt_0_one V _ i Hi).
    + apply Rmult_lt_0_compat; [exact L | exact (P k Hk i Hi)].
    + intros j Hj. apply Rmult_le_pos; [exact (Z j Hj g Hg) | left; exact (P k Hk j Hj)].
  - rewrite rsum_swap. rewrite (rsum_ext V _ (fun i => p k i)); [exact (S k Hk)|].
    intros i Hi. rewrite (rsum_ext M _ (fun g => p k i * c i g)) by (intros; ring).
    rewrite <- (rsum_scal M (p k i) (fun g => c i g)), (T i Hi). ring.
Qed.

Lemma weights_permuted : forall K w s, permutation K s -> weights K w -> weights K (fun k => w (s k)).
Proof.
  intros K w s H [P S]. split; [intros k Hk; exact (P (s k) (proj1 H k Hk))|].
  rewrite (rsum_permutation K s w H). exact S.
Qed.
Lemma weights_alone : forall K a, (a < K)%nat -> weights K (fun k => rif (Nat.eqb k a) 1 0).
Proof.
  intros K a H. split.
  - intros k _. destruct (Nat.eqb k a); simpl; lra.
  - rewrite (rsum_ext K _ (fun k => rif (Nat.eqb k a) 1 0 * 1)) by (intros; ring).
    exact (rsum_delta K a (fun _ => 1) H).
Qed.
Lemma weights_mixed : forall K w h s, 0 <= s -> s <= 1 -> weights K w -> weights K h ->
  weights K (fun k => (1 + (-1) * s) * w k + s * h k).
Proof.
  intros K w h s A B [P S] [Q T]. split.
  - intros k Hk. generalize (Rmult_le_pos _ _ A (Q k Hk)).
    assert (0 <= 1 + (-1) * s) as C by lra. generalize (Rmult_le_pos _ _ C (P k Hk)). lra.
  - rewrite (rsum_linear K (1 + (-1) * s) (fun k => w k)), S, <- (rsum_scal K s (fun k => h k)), T. ring.
Qed.
Lemma weights_on_path : forall K w a s, (a < K)%nat -> 0 <= s -> s <= 1 -> weights K w -> weights K (on_path w a s).
Proof. intros K w a s Ha A B W. exact (weights_mixed K w _ s A B W (weights_alone K a Ha)). Qed.
Lemma weights_exchanged : forall K w a b d, (a < K)%nat -> (b < K)%nat -> 0 < d -> d <= w b -> weights K w ->
  weights K (exchanged w a b d).
Proof.
  intros K w a b d Ha Hb A B [P S]. split.
  - intros k Hk. unfold exchanged. assert (0 <= d * rif (Nat.eqb k a) 1 0) by (destruct (Nat.eqb k a); simpl; lra).
    generalize (P k Hk). intros W. destruct (Nat.eqb_spec k b) as [E | _]; [subst k|]; simpl; lra.
  - unfold exchanged.
    rewrite (rsum_ext K _ (fun k => d * rif (Nat.eqb k a) 1 0 + ((-d) * rif (Nat.eqb k b) 1 0 + w k))) by (intros; ring).
    rewrite (rsum_linear K d (fun k => rif (Nat.eqb k a) 1 0)), (rsum_linear K (-d) (fun k => rif (Nat.eqb k b) 1 0) (fun k => w k)).
    rewrite (proj2 (weights_alone K a Ha)), (proj2 (weights_alone K b Hb)), S. ring.
Qed.
Lemma weights_normalised : forall K (m : nat -> R), (1 <= K)%nat -> (forall k, (k < K)%nat -> 0 < m k) ->
  weights K (fun k => m k * rpow (rsum K m) (-1)).
Proof.
  intros K m H P. split; [|exact (normalised_sum K m H P)].
  intros k Hk. left. exact (normalised_gt_0 K m P k Hk).
Qed.

(* That an input, or a size, is within the domain. *)
Ltac in_domain :=
  solve
  [ assumption
  | lia
  | split; assumption
  | split; [intros k Hk i Hi | intros k Hk]; auto
  | intros k Hk; auto; lra
  | apply interior_alike; assumption
  | apply interior_permuted; [assumption | in_domain]
  | apply interior_renamed; [assumption | in_domain]
  | apply interior_shifted; [in_domain ..]
  | apply interior_changed; [in_domain | assumption | assumption]
  | apply interior_common; [lia | in_domain]
  | apply interior_soft; [lia | in_domain]
  | apply interior_raised; [lia | in_domain]
  | apply interior_merged; [lia | repeat split; assumption | in_domain]
  | apply interior_normalised; [lia | intros; repeat apply Rmult_lt_0_compat; auto]
  | apply weights_permuted; [assumption | in_domain]
  | apply weights_on_path; [in_domain ..]
  | apply weights_exchanged; [in_domain ..]
  | apply weights_alone; assumption
  | apply weights_mixed; [in_domain ..]
  | apply weights_normalised; [lia | intros; rewrite rpow_inv; apply Rinv_0_lt_compat; auto] ].
