(* Finite sums, products, maxima, minima and real powers, for any size. *)

From Coq Require Export Reals Lra Lia Arith.
From Coq Require Import FunctionalExtensionality Ranalysis5 R_sqrt.
Open Scope R_scope.

(* Sum, product, maximum and minimum of f(0), .., f(n-1). *)
Fixpoint rsum (n : nat) (f : nat -> R) : R :=
  match n with O => 0 | S m => rsum m f + f m end.
Fixpoint rprod (n : nat) (f : nat -> R) : R :=
  match n with O => 1 | S m => rprod m f * f m end.
Fixpoint rmax_upto (m : nat) (f : nat -> R) : R :=
  match m with O => f O | S l => Rmax (rmax_upto l f) (f m) end.
Definition rmax (n : nat) (f : nat -> R) : R := rmax_upto (pred n) f.
Fixpoint rmin_upto (m : nat) (f : nat -> R) : R :=
  match m with O => f O | S l => Rmin (rmin_upto l f) (f m) end.
Definition rmin (n : nat) (f : nat -> R) : R := rmin_upto (pred n) f.

(* x where the condition holds, else y. *)
Definition rif (condition : bool) (x y : R) : R := if condition then x else y.

(* The real power: x * .. * x and its inverse for whole exponents, exp(a log x) for positive x;
   0^a = 0 for a > 0. Elsewhere it is 0, and nothing is ever said about it there. *)
Definition rpow (x a : R) : R :=
  if Req_EM_T (IZR (Int_part a)) a then powerRZ x (Int_part a)
  else if Rlt_dec 0 x then exp (a * ln x) else 0.

(* Where the power is within its domain. *)
Definition pow_defined (x a : R) : Prop :=
  0 < x \/ (x = 0 /\ 0 <= a) \/ (x <> 0 /\ exists z : Z, a = IZR z).

(* ---- powers ---- *)

Lemma Int_part_IZR : forall z, Int_part (IZR z) = z.
Proof.
  intros z. destruct (base_Int_part (IZR z)) as [A B].
  assert (Int_part (IZR z) <= z)%Z by (apply le_IZR; exact A).
  assert (z - 1 < Int_part (IZR z))%Z by (apply lt_IZR; rewrite minus_IZR; lra).
  lia.
Qed.

Lemma rpow_IZR : forall x z, rpow x (IZR z) = powerRZ x z.
Proof.
  intros x z. unfold rpow. rewrite Int_part_IZR.
  destruct (Req_EM_T (IZR z) (IZR z)); [reflexivity | congruence].
Qed.

Lemma rpow_pos : forall x a, 0 < x -> rpow x a = exp (a * ln x).
Proof.
  intros x a H. unfold rpow. destruct (Req_EM_T (IZR (Int_part a)) a) as [E | _].
  - rewrite powerRZ_Rpower by exact H. rewrite E. reflexivity.
  - destruct (Rlt_dec 0 x); [reflexivity | contradiction].
Qed.

Lemma rpow_0_r : forall x, rpow x 0 = 1.
Proof. intros x. rewrite (rpow_IZR x 0). reflexivity. Qed.
Lemma rpow_1_r : forall x, rpow x 1 = x.
Proof. intros x. rewrite (rpow_IZR x 1). simpl. ring. Qed.
Lemma rpow_2_r : forall x, rpow x 2 = x * x.
Proof. intros x. rewrite (rpow_IZR x 2). simpl. ring. Qed.
Lemma rpow_nat : forall x n, rpow x (IZR (Z.of_nat n)) = x ^ n.
Proof. intros x n. rewrite rpow_IZR. symmetry. apply pow_powerRZ. Qed.
Lemma rpow_inv : forall x, rpow x (-1) = / x.
Proof. intros x. rewrite (rpow_IZR x (-1)). simpl. rewrite Rmult_1_r. reflexivity. Qed.
Lemma rpow_neg_nat : forall x n, rpow x (IZR (- Z.of_nat n)) = rpow x (-1) ^ n.
Proof.
  intros x n. rewrite rpow_IZR, rpow_inv. destruct n as [|n]; [reflexivity|].
  simpl Z.of_nat. simpl Z.opp. unfold powerRZ.
  rewrite SuccNat2Pos.id_succ. rewrite pow_inv. reflexivity.
Qed.

Lemma rpow_1_l : forall a, rpow 1 a = 1.
Proof. intros a. rewrite rpow_pos by lra. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.

Lemma rpow_0_l : forall a, 0 < a -> rpow 0 a = 0.
Proof.
  intros a H. unfold rpow. destruct (Req_EM_T (IZR (Int_part a)) a) as [E | _].
  - assert (0 < Int_part a)%Z as L by (apply lt_IZR; rewrite E; exact H).
    destruct (Int_part a) eqn:F; try lia. simpl. apply pow_i. apply Pos2Nat.is_pos.
  - destruct (Rlt_dec 0 0); [lra | reflexivity].
Qed.

Lemma rpow_gt_0 : forall x a, 0 < x -> 0 < rpow x a.
Proof. intros x a H. rewrite rpow_pos by exact H. apply exp_pos. Qed.

Lemma rpow_ge_0 : forall x a, 0 <= x -> 0 <= a -> 0 <= rpow x a.
Proof.
  intros x a [H | <-] Ha.
  - left. apply rpow_gt_0, H.
  - destruct Ha as [Ha | <-].
    + rewrite rpow_0_l by exact Ha. lra.
    + rewrite rpow_0_r. lra.
Qed.

Lemma rpow_even : forall x n, 0 <= rpow x (IZR (2 * Z.of_nat n)).
Proof.
  intros x n. replace (2 * Z.of_nat n)%Z with (Z.of_nat (2 * n)) by lia.
  rewrite rpow_nat, pow_mult. apply pow_le. simpl. rewrite Rmult_1_r. apply Rle_0_sqr.
Qed.

Lemma ln_rpow : forall x a, 0 < x -> ln (rpow x a) = a * ln x.
Proof. intros x a H. rewrite rpow_pos by exact H. apply ln_exp. Qed.

(* ---- sums and products ---- *)

Lemma rsum_ext : forall n f g, (forall k, (k < n)%nat -> f k = g k) -> rsum n f = rsum n g.
Proof.
  induction n as [|n IH]; intros f g H; [reflexivity|]. simpl.
  rewrite (IH f g) by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma rprod_ext : forall n f g, (forall k, (k < n)%nat -> f k = g k) -> rprod n f = rprod n g.
Proof.
  induction n as [|n IH]; intros f g H; [reflexivity|]. simpl.
  rewrite (IH f g) by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma rmax_upto_ext : forall m f g, (forall k, (k <= m)%nat -> f k = g k) -> rmax_upto m f = rmax_upto m g.
Proof.
  induction m as [|m IH]; intros f g H; simpl; [apply H; lia|].
  rewrite (IH f g) by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma rmin_upto_ext : forall m f g, (forall k, (k <= m)%nat -> f k = g k) -> rmin_upto m f = rmin_upto m g.
Proof.
  induction m as [|m IH]; intros f g H; simpl; [apply H; lia|].
  rewrite (IH f g) by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma rmax_ext : forall n f g, (1 <= n)%nat -> (forall k, (k < n)%nat -> f k = g k) -> rmax n f = rmax n g.
Proof. intros n f g N H. apply rmax_upto_ext. intros k Hk. apply H. lia. Qed.

Lemma rmin_ext : forall n f g, (1 <= n)%nat -> (forall k, (k < n)%nat -> f k = g k) -> rmin n f = rmin n g.
Proof. intros n f g N H. apply rmin_upto_ext. intros k Hk. apply H. lia. Qed.

Lemma rsum_zero : forall n, rsum n (fun _ => 0) = 0.
Proof. induction n; simpl; lra. Qed.

Lemma rsum_const : forall n c, rsum n (fun _ => c) = c * INR n.
Proof.
  induction n as [|n IH]; intros c; [simpl; ring|].
  rewrite S_INR. simpl rsum. rewrite IH. ring.
Qed.

Lemma rsum_scal : forall n c f, c * rsum n f = rsum n (fun k => c * f k).
Proof. induction n as [|n IH]; intros c f; simpl; [ring | rewrite <- IH; ring]. Qed.

Lemma rsum_plus : forall n f g, rsum n (fun k => f k + g k) = rsum n f + rsum n g.
Proof. induction n as [|n IH]; intros f g; simpl; [ring | rewrite IH; ring]. Qed.

Lemma rsum_linear : forall n c f g, rsum n (fun k => c * f k + g k) = c * rsum n f + rsum n g.
Proof. intros n c f g. rewrite rsum_plus, <- rsum_scal. reflexivity. Qed.

Lemma rsum_minus : forall n f g, rsum n (fun k => f k - g k) = rsum n f - rsum n g.
Proof. induction n as [|n IH]; intros f g; simpl; [ring | rewrite IH; ring]. Qed.

Lemma rsum_swap : forall n m f,
  rsum n (fun k => rsum m (fun l => f k l)) = rsum m (fun l => rsum n (fun k => f k l)).
Proof.
  induction n as [|n IH]; intros m f; simpl.
  - symmetry. apply rsum_zero.
  - rewrite IH. symmetry. apply rsum_plus.
Qed.

Lemma rsum_ge_0 : forall n f, (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= rsum n f.
Proof.
  induction n as [|n IH]; intros f H; simpl; [lra|].
  assert (0 <= rsum n f) by (apply IH; intros; apply H; lia).
  assert (0 <= f n) by (apply H; lia). lra.
Qed.

Lemma rsum_le : forall n f g, (forall k, (k < n)%nat -> f k <= g k) -> rsum n f <= rsum n g.
Proof.
  intros n f g H. assert (0 <= rsum n (fun k => g k - f k)) as A.
  { apply rsum_ge_0. intros k Hk. specialize (H k Hk). lra. }
  rewrite rsum_minus in A. lra.
Qed.

Lemma rsum_term_le : forall n f m, (m < n)%nat -> (forall k, (k < n)%nat -> 0 <= f k) -> f m <= rsum n f.
Proof.
  induction n as [|n IH]; intros f m Hm H; [lia|]. simpl.
  destruct (Nat.eq_dec m n) as [-> | D].
  - assert (0 <= rsum n f) by (apply rsum_ge_0; intros; apply H; lia). lra.
  - assert (f m <= rsum n f) by (apply IH; [lia | intros; apply H; lia]).
    assert (0 <= f n) by (apply H; lia). lra.
Qed.

Lemma rsum_gt_0_one : forall n f m, (m < n)%nat -> 0 < f m ->
  (forall k, (k < n)%nat -> 0 <= f k) -> 0 < rsum n f.
Proof. intros n f m Hm P H. generalize (rsum_term_le n f m Hm H). lra. Qed.

Lemma rsum_gt_0 : forall n f, (1 <= n)%nat -> (forall k, (k < n)%nat -> 0 < f k) -> 0 < rsum n f.
Proof.
  intros n f N H. apply (rsum_gt_0_one n f 0); [lia | apply H; lia | intros k Hk; left; apply H, Hk].
Qed.

Lemma rsum_positive_entry : forall n f, 0 < rsum n f -> exists k, (k < n)%nat /\ 0 < f k.
Proof.
  induction n as [|n IH]; intros f H; simpl in H; [lra|].
  destruct (Rlt_dec 0 (f n)) as [P | N].
  - exists n. split; [lia | exact P].
  - destruct (IH f) as [k [Hk P]]; [lra|]. exists k. split; [lia | exact P].
Qed.

Lemma rsum_delta : forall n a f, (a < n)%nat ->
  rsum n (fun k => rif (Nat.eqb k a) 1 0 * f k) = f a.
Proof.
  assert (Z : forall n a f, (n <= a)%nat -> rsum n (fun k => rif (Nat.eqb k a) 1 0 * f k) = 0).
  { induction n as [|n IH]; intros a f H; simpl; [reflexivity|].
    rewrite IH by lia. replace (Nat.eqb n a) with false by (symmetry; apply Nat.eqb_neq; lia).
    simpl. ring. }
  induction n as [|n IH]; intros a f H; [lia|]. simpl.
  destruct (Nat.eq_dec a n) as [-> | D].
  - rewrite Z by lia. rewrite Nat.eqb_refl. simpl. ring.
  - rewrite IH by lia. replace (Nat.eqb n a) with false by (symmetry; apply Nat.eqb_neq; lia).
    simpl. ring.
Qed.

Lemma rsum_delta_r : forall n a f, (a < n)%nat ->
  rsum n (fun k => rif (Nat.eqb a k) 1 0 * f k) = f a.
Proof.
  intros n a f H. rewrite <- (rsum_delta n a f H). apply rsum_ext. intros k _.
  rewrite Nat.eqb_sym. reflexivity.
Qed.

Lemma rprod_gt_0 : forall n f, (forall k, (k < n)%nat -> 0 < f k) -> 0 < rprod n f.
Proof.
  induction n as [|n IH]; intros f H; simpl; [lra|].
  apply Rmult_lt_0_compat; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma rprod_ge_0 : forall n f, (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= rprod n f.
Proof.
  induction n as [|n IH]; intros f H; simpl; [lra|].
  apply Rmult_le_pos; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma rprod_one : forall n, rprod n (fun _ => 1) = 1.
Proof. induction n as [|n IH]; simpl; [reflexivity | rewrite IH; ring]. Qed.

Lemma rprod_zero : forall n f m, (m < n)%nat -> f m = 0 -> rprod n f = 0.
Proof.
  induction n as [|n IH]; intros f m Hm Z; [lia|]. simpl.
  destruct (Nat.eq_dec m n) as [-> | D]; [rewrite Z; ring|].
  rewrite (IH f m) by (lia || exact Z). ring.
Qed.

Lemma rprod_le : forall n f g,
  (forall k, (k < n)%nat -> 0 <= f k) -> (forall k, (k < n)%nat -> f k <= g k) -> rprod n f <= rprod n g.
Proof.
  induction n as [|n IH]; intros f g P H; simpl; [lra|].
  apply Rmult_le_compat.
  - apply rprod_ge_0. intros; apply P; lia.
  - apply P; lia.
  - apply IH; intros; [apply P | apply H]; lia.
  - apply H; lia.
Qed.

Lemma rprod_exp : forall n f, rprod n (fun k => exp (f k)) = exp (rsum n f).
Proof.
  induction n as [|n IH]; intros f; simpl; [symmetry; apply exp_0|].
  rewrite IH, exp_plus. reflexivity.
Qed.

(* ---- maxima and minima ---- *)

Lemma rmax_upto_ub : forall m f k, (k <= m)%nat -> f k <= rmax_upto m f.
Proof.
  induction m as [|m IH]; intros f k H; simpl.
  - replace k with O by lia. lra.
  - destruct (Nat.eq_dec k (S m)) as [-> | D]; [apply Rmax_r|].
    apply Rle_trans with (rmax_upto m f); [apply IH; lia | apply Rmax_l].
Qed.

Lemma rmax_ub : forall n f k, (k < n)%nat -> f k <= rmax n f.
Proof. intros n f k H. apply rmax_upto_ub. lia. Qed.

Lemma rmax_attained : forall n f, (1 <= n)%nat -> exists k, (k < n)%nat /\ rmax n f = f k.
Proof.
  intros [|n] f H; [lia|]. clear H. unfold rmax. simpl pred.
  induction n as [|n [k [Hk E]]]; simpl; [exists O; split; [lia | reflexivity]|].
  unfold Rmax. destruct (Rle_dec (rmax_upto n f) (f (S n))).
  - exists (S n). split; [lia | reflexivity].
  - exists k. split; [lia | exact E].
Qed.

Lemma rmin_upto_lb : forall m f k, (k <= m)%nat -> rmin_upto m f <= f k.
Proof.
  induction m as [|m IH]; intros f k H; simpl.
  - replace k with O by lia. lra.
  - destruct (Nat.eq_dec k (S m)) as [-> | D]; [apply Rmin_r|].
    apply Rle_trans with (rmin_upto m f); [apply Rmin_l | apply IH; lia].
Qed.

Lemma rmin_lb : forall n f k, (k < n)%nat -> rmin n f <= f k.
Proof. intros n f k H. apply rmin_upto_lb. lia. Qed.

Lemma rmin_attained : forall n f, (1 <= n)%nat -> exists k, (k < n)%nat /\ rmin n f = f k.
Proof.
  intros [|n] f H; [lia|]. clear H. unfold rmin. simpl pred.
  induction n as [|n [k [Hk E]]]; simpl; [exists O; split; [lia | reflexivity]|].
  unfold Rmin. destruct (Rle_dec (rmin_upto n f) (f (S n))).
  - exists k. split; [lia | exact E].
  - exists (S n). split; [lia | reflexivity].
Qed.

Lemma rmax_lub : forall n f b, (1 <= n)%nat -> (forall k, (k < n)%nat -> f k <= b) -> rmax n f <= b.
Proof. intros n f b N H. destruct (rmax_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma rmax_lub_lt : forall n f b, (1 <= n)%nat -> (forall k, (k < n)%nat -> f k < b) -> rmax n f < b.
Proof. intros n f b N H. destruct (rmax_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma rmin_glb : forall n f b, (1 <= n)%nat -> (forall k, (k < n)%nat -> b <= f k) -> b <= rmin n f.
Proof. intros n f b N H. destruct (rmin_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma rmin_glb_lt : forall n f b, (1 <= n)%nat -> (forall k, (k < n)%nat -> b < f k) -> b < rmin n f.
Proof. intros n f b N H. destruct (rmin_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.

Lemma rmax_const : forall n c, rmax n (fun _ => c) = c.
Proof.
  intros n c. unfold rmax. induction (pred n) as [|m IH]; simpl; [reflexivity|].
  rewrite IH. unfold Rmax. destruct (Rle_dec c c); reflexivity.
Qed.
Lemma rmin_const : forall n c, rmin n (fun _ => c) = c.
Proof.
  intros n c. unfold rmin. induction (pred n) as [|m IH]; simpl; [reflexivity|].
  rewrite IH. unfold Rmin. destruct (Rle_dec c c); reflexivity.
Qed.

(* ---- permutations: a function that stays within the range and hits no index twice ---- *)

Definition permutation (n : nat) (s : nat -> nat) : Prop :=
  (forall k, (k < n)%nat -> (s k < n)%nat) /\
  (forall k l, (k < n)%nat -> (l < n)%nat -> s k = s l -> k = l).

Lemma rsum_remove : forall n m f, (m < S n)%nat ->
  rsum (S n) f = f m + rsum n (fun k => f (if (k <? m)%nat then k else S k)).
Proof.
  intros n m. revert n. assert (E : forall n f, (n <= m)%nat ->
    rsum n (fun k => f (if (k <? m)%nat then k else S k)) = rsum n f).
  { intros n f H. apply rsum_ext. intros k Hk.
    replace (k <? m)%nat with true by (symmetry; apply Nat.ltb_lt; lia). reflexivity. }
  induction n as [|n IH]; intros f H.
  - replace m with O by lia. simpl. ring.
  - destruct (Nat.eq_dec m (S n)) as [D | D].
    + rewrite E by lia. rewrite D. simpl. ring.
    + change (rsum (S (S n)) f) with (rsum (S n) f + f (S n)).
      rewrite (IH f) by lia. simpl.
      replace (n <? m)%nat with false by (symmetry; apply Nat.ltb_ge; lia). ring.
Qed.

Lemma rsum_permutation : forall n s f, permutation n s -> rsum n (fun k => f (s k)) = rsum n f.
Proof.
  induction n as [|n IH]; intros s f [R I]; [reflexivity|].
  set (m := s n). assert (Hm : (m < S n)%nat) by (apply R; lia).
  rewrite (rsum_remove n m f Hm).
  change (rsum (S n) (fun k => f (s k))) with (rsum n (fun k => f (s k)) + f (s n)).
  set (down := fun x => if (x <? m)%nat then x else pred x).
  rewrite <- (IH (fun k => down (s k)) (fun k => f (if (k <? m)%nat then k else S k))).
  - rewrite Rplus_comm. fold m. f_equal. apply rsum_ext. intros k Hk. f_equal.
    assert (s k <> m) by (intros X; assert (k = n) by (apply I; lia || exact X); lia).
    unfold down. destruct (s k <? m)%nat eqn:L.
    + rewrite L. reflexivity.
    + apply Nat.ltb_ge in L. replace (pred (s k) <? m)%nat with false by (symmetry; apply Nat.ltb_ge; lia). lia.
  - assert (B : forall k, (k < n)%nat -> s k <> m /\ (s k < S n)%nat).
    { intros k Hk. split; [intros X; assert (k = n) by (apply I; lia || exact X); lia | apply R; lia]. }
    split.
    + intros k Hk. destruct (B k Hk). unfold down. destruct (s k <? m)%nat eqn:L;
      [apply Nat.ltb_lt in L | apply Nat.ltb_ge in L]; lia.
    + intros k l Hk Hl E. destruct (B k Hk), (B l Hl). apply I; [lia | lia |].
      unfold down in E. destruct (s k <? m)%nat eqn:L, (s l <? m)%nat eqn:L';
      rewrite ?Nat.ltb_lt, ?Nat.ltb_ge in *; lia.
Qed.

Lemma rsum_bound_inverse : forall n s, permutation n s -> forall m, (m < n)%nat -> exists k, (k < n)%nat /\ s k = m.
Proof.
  intros n s P m Hm.
  assert (0 < rsum n (fun k => rif (Nat.eqb (s k) m) 1 0)) as H.
  { rewrite (rsum_permutation n s (fun x => rif (Nat.eqb x m) 1 0) P).
    rewrite (rsum_ext n _ (fun k => rif (Nat.eqb k m) 1 0 * 1)) by (intros; ring).
    rewrite rsum_delta by exact Hm. lra. }
  apply rsum_positive_entry in H. destruct H as [k [Hk L]]. exists k. split; [exact Hk|].
  destruct (Nat.eqb (s k) m) eqn:E; [apply Nat.eqb_eq, E | simpl in L; lra].
Qed.

Lemma rprod_remove : forall n m f, (m < S n)%nat ->
  rprod (S n) f = f m * rprod n (fun k => f (if (k <? m)%nat then k else S k)).
Proof.
  intros n m. revert n. assert (E : forall n f, (n <= m)%nat ->
    rprod n (fun k => f (if (k <? m)%nat then k else S k)) = rprod n f).
  { intros n f H. apply rprod_ext. intros k Hk.
    replace (k <? m)%nat with true by (symmetry; apply Nat.ltb_lt; lia). reflexivity. }
  induction n as [|n IH]; intros f H.
  - replace m with O by lia. simpl. ring.
  - destruct (Nat.eq_dec m (S n)) as [D | D].
    + rewrite E by lia. rewrite D. simpl. ring.
    + change (rprod (S (S n)) f) with (rprod (S n) f * f (S n)).
      rewrite (IH f) by lia. simpl.
      replace (n <? m)%nat with false by (symmetry; apply Nat.ltb_ge; lia). ring.
Qed.

Lemma rprod_permutation : forall n s f, permutation n s -> rprod n (fun k => f (s k)) = rprod n f.
Proof.
  induction n as [|n IH]; intros s f [R I]; [reflexivity|].
  set (m := s n). assert (Hm : (m < S n)%nat) by (apply R; lia).
  rewrite (rprod_remove n m f Hm).
  change (rprod (S n) (fun k => f (s k))) with (rprod n (fun k => f (s k)) * f (s n)).
  set (down := fun x => if (x <? m)%nat then x else pred x).
  rewrite <- (IH (fun k => down (s k)) (fun k => f (if (k <? m)%nat then k else S k))).
  - rewrite Rmult_comm. fold m. f_equal. apply rprod_ext. intros k Hk. f_equal.
    assert (s k <> m) by (intros X; assert (k = n) by (apply I; lia || exact X); lia).
    unfold down. destruct (s k <? m)%nat eqn:L.
    + rewrite L. reflexivity.
    + apply Nat.ltb_ge in L. replace (pred (s k) <? m)%nat with false by (symmetry; apply Nat.ltb_ge; lia). lia.
  - assert (B : forall k, (k < n)%nat -> s k <> m /\ (s k < S n)%nat).
    { intros k Hk. split; [intros X; assert (k = n) by (apply I; lia || exact X); lia | apply R; lia]. }
    split.
    + intros k Hk. destruct (B k Hk). unfold down. destruct (s k <? m)%nat eqn:L;
      [apply Nat.ltb_lt in L | apply Nat.ltb_ge in L]; lia.
    + intros k l Hk Hl E. destruct (B k Hk), (B l Hl). apply I; [lia | lia |].
      unfold down in E. destruct (s k <? m)%nat eqn:L, (s l <? m)%nat eqn:L';
      rewrite ?Nat.ltb_lt, ?Nat.ltb_ge in *; lia.
Qed.

Lemma rmax_permutation : forall n s f, (1 <= n)%nat -> permutation n s -> rmax n (fun k => f (s k)) = rmax n f.
Proof.
  intros n s f N P. apply Rle_antisym.
  - apply rmax_lub; [exact N|]. intros k Hk. apply rmax_ub. apply P, Hk.
  - apply rmax_lub; [exact N|]. intros k Hk. destruct (rsum_bound_inverse n s P k Hk) as [l [Hl <-]].
    apply (rmax_ub n (fun k => f (s k)) l Hl).
Qed.

Lemma rmin_permutation : forall n s f, (1 <= n)%nat -> permutation n s -> rmin n (fun k => f (s k)) = rmin n f.
Proof.
  intros n s f N P. apply Rle_antisym.
  - apply rmin_glb; [exact N|]. intros k Hk. destruct (rsum_bound_inverse n s P k Hk) as [l [Hl <-]].
    apply (rmin_lb n (fun k => f (s k)) l Hl).
  - apply rmin_glb; [exact N|]. intros k Hk. apply rmin_lb. apply P, Hk.
Qed.

(* ---- indices ---- *)

Lemma rif_subst : forall a b (f : nat -> R), rif (Nat.eqb a b) 1 0 * f a = rif (Nat.eqb a b) 1 0 * f b.
Proof.
  intros a b f. destruct (Nat.eqb a b) eqn:E; simpl; [|ring]. apply Nat.eqb_eq in E. rewrite E. reflexivity.
Qed.
Lemma rif_square : forall c, rif c 1 0 * rif c 1 0 = rif c 1 0.
Proof. intros [|]; simpl; ring. Qed.
Lemma rif_split : forall c x y, rif c x y = rif c 1 0 * x + (1 + -1 * rif c 1 0) * y.
Proof. intros [|] x y; simpl; ring. Qed.
Lemma rif_sym : forall a b x y, rif (Nat.eqb a b) x y = rif (Nat.eqb b a) x y.
Proof. intros a b x y. rewrite Nat.eqb_sym. reflexivity. Qed.
Lemma rif_ext : forall c x x' y y', x = x' -> y = y' -> rif c x y = rif c x' y'.
Proof. intros c x x' y y' -> ->. reflexivity. Qed.

Lemma size_inverse : forall n, (1 <= n)%nat -> INR n * rpow (INR n) (-1) = 1.
Proof. intros n H. rewrite rpow_inv. apply Rinv_r. apply not_0_INR. lia. Qed.

Lemma size_gt_0 : forall n, (1 <= n)%nat -> 0 < INR n.
Proof. intros n H. apply lt_0_INR. lia. Qed.

(* ---- one family followed by another ---- *)

(* f 0, .., f (n-1), then g 0, g 1, .. *)
Definition followed {A : Type} (n : nat) (f g : nat -> A) (k : nat) : A :=
  if (k <? n)%nat then f k else g (k - n)%nat.
Lemma followed_first : forall A n (f g : nat -> A) k, (k < n)%nat -> followed n f g k = f k.
Proof. intros A n f g k H. unfold followed. apply Nat.ltb_lt in H. rewrite H. reflexivity. Qed.
Lemma followed_second : forall A n (f g : nat -> A) k, followed n f g (n + k) = g k.
Proof.
  intros A n f g k. unfold followed. replace (n + k <? n)%nat with false by (symmetry; apply Nat.ltb_ge; lia).
  f_equal. lia.
Qed.
Lemma below_followed : forall (P : nat -> Prop) m n,
  (forall k, (k < m)%nat -> P k) -> (forall k, (k < n)%nat -> P (m + k)%nat) -> forall k, (k < m + n)%nat -> P k.
Proof.
  intros P m n F S k H. destruct (Nat.lt_ge_cases k m) as [L | L]; [apply F, L|].
  replace k with (m + (k - m))%nat by lia. apply S. lia.
Qed.
Lemma below_one : forall P : nat -> Prop, P 0%nat -> forall k, (k < 1)%nat -> P k.
Proof. intros P H k L. replace k with 0%nat by lia. exact H. Qed.
Lemma pow_defined_like : forall x y a b, x = y -> a = b -> pow_defined y b -> pow_defined x a.
Proof. intros x y a b -> ->. auto. Qed.
Lemma positive_like : forall x y : R, x = y -> 0 < y -> 0 < x.
Proof. intros x y ->. auto. Qed.

Lemma rsum_followed : forall m n f x y,
  rsum m f = x -> rsum n (fun k => f (m + k)%nat) = y -> rsum (m + n) f = x + y.
Proof.
  intros m n f x y <- <-. induction n as [|n IH]; [rewrite Nat.add_0_r; simpl; ring|].
  rewrite Nat.add_succ_r. simpl. rewrite IH. ring.
Qed.
Lemma rprod_followed : forall m n f x y,
  rprod m f = x -> rprod n (fun k => f (m + k)%nat) = y -> rprod (m + n) f = x * y.
Proof.
  intros m n f x y <- <-. induction n as [|n IH]; [rewrite Nat.add_0_r; simpl; ring|].
  rewrite Nat.add_succ_r. simpl. rewrite IH. ring.
Qed.
Lemma rmax_followed : forall m n f x y, (1 <= m)%nat -> (1 <= n)%nat ->
  rmax m f = x -> rmax n (fun k => f (m + k)%nat) = y -> rmax (m + n) f = Rmax x y.
Proof.
  intros m n f x y M N <- <-. apply Rle_antisym.
  - apply rmax_lub; [lia|]. apply below_followed; intros k H.
    + eapply Rle_trans; [apply (rmax_ub m f k H) | apply Rmax_l].
    + eapply Rle_trans; [apply (rmax_ub n (fun k => f (m + k)%nat) k H) | apply Rmax_r].
  - apply Rmax_lub; apply rmax_lub; try assumption; intros k H; apply rmax_ub; lia.
Qed.
Lemma rmin_followed : forall m n f x y, (1 <= m)%nat -> (1 <= n)%nat ->
  rmin m f = x -> rmin n (fun k => f (m + k)%nat) = y -> rmin (m + n) f = Rmin x y.
Proof.
  intros m n f x y M N <- <-. apply Rle_antisym.
  - apply Rmin_glb; apply rmin_glb; try assumption; intros k H; apply rmin_lb; lia.
  - apply rmin_glb; [lia|]. apply below_followed; intros k H.
    + eapply Rle_trans; [apply Rmin_l | apply (rmin_lb m f k H)].
    + eapply Rle_trans; [apply Rmin_r | apply (rmin_lb n (fun k => f (m + k)%nat) k H)].
Qed.
Lemma rsum_single : forall f x, f 0%nat = x -> rsum 1 f = x.
Proof. intros f x <-. simpl. ring. Qed.
Lemma rprod_single : forall f x, f 0%nat = x -> rprod 1 f = x.
Proof. intros f x <-. simpl. ring. Qed.
Lemma rmax_single : forall f x, f 0%nat = x -> rmax 1 f = x.
Proof. intros f x <-. reflexivity. Qed.
Lemma rmin_single : forall f x, f 0%nat = x -> rmin 1 f = x.
Proof. intros f x <-. reflexivity. Qed.

Global Opaque rpow.
