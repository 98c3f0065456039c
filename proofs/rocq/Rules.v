(* One lemma for each rule of the kernel, under the rule's name. *)

From Axiomkd Require Import Core.
From Coq Require Import FunctionalExtensionality.

(* ---- what the exported steps are made of: signs, domains, equations ---- *)

Lemma le_1 : forall n, (2 <= n)%nat -> (1 <= n)%nat.
Proof. intros; lia. Qed.
Lemma size_le : forall n m x, (m <= n)%nat -> x <= INR m -> x <= INR n.
Proof. intros n m x H L. apply Rle_trans with (INR m); [exact L | apply le_INR, H]. Qed.
Lemma size_lt : forall n m x, (m <= n)%nat -> x < INR m -> x < INR n.
Proof. intros n m x H L. apply Rlt_le_trans with (INR m); [exact L | apply le_INR, H]. Qed.
Lemma size_ne : forall n m x, (m <= n)%nat -> x < INR m -> x <> INR n.
Proof. intros n m x H L. apply Rlt_not_eq. apply (size_lt n m x H L). Qed.
Lemma Req_gt_0 : forall x y, x = y -> 0 < y -> 0 < x.
Proof. intros; lra. Qed.
Lemma Rplus_lt_le_0_compat : forall a b, 0 < a -> 0 <= b -> 0 < a + b.
Proof. intros; lra. Qed.
Lemma Rplus_le_lt_0_compat : forall a b, 0 <= a -> 0 < b -> 0 < a + b.
Proof. intros; lra. Qed.
Lemma Rplus_le_le_0_compat : forall a b, 0 <= a -> 0 <= b -> 0 <= a + b.
Proof. intros; lra. Qed.
Lemma rmax_gt_0 : forall n f, (1 <= n)%nat -> (forall k, (k < n)%nat -> 0 < f k) -> 0 < rmax n f.
Proof. intros n f N H. destruct (rmax_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma rmax_ge_0 : forall n f, (1 <= n)%nat -> (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= rmax n f.
Proof. intros n f N H. destruct (rmax_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma rmin_gt_0 : forall n f, (1 <= n)%nat -> (forall k, (k < n)%nat -> 0 < f k) -> 0 < rmin n f.
Proof. intros n f N H. destruct (rmin_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma rmin_ge_0 : forall n f, (1 <= n)%nat -> (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= rmin n f.
Proof. intros n f N H. destruct (rmin_attained n f N) as [k [Hk ->]]. apply H, Hk. Qed.
Lemma Rmax_gt_0_l : forall a b, 0 < a -> 0 < Rmax a b.
Proof. intros a b H. generalize (Rmax_l a b). lra. Qed.
Lemma Rmax_gt_0_r : forall a b, 0 < b -> 0 < Rmax a b.
Proof. intros a b H. generalize (Rmax_r a b). lra. Qed.
Lemma Rmax_ge_0_l : forall a b, 0 <= a -> 0 <= Rmax a b.
Proof. intros a b H. generalize (Rmax_l a b). lra. Qed.
Lemma Rmax_ge_0_r : forall a b, 0 <= b -> 0 <= Rmax a b.
Proof. intros a b H. generalize (Rmax_r a b). lra. Qed.
Lemma Rmin_gt_0 : forall a b, 0 < a -> 0 < b -> 0 < Rmin a b.
Proof. intros a b H G. apply Rmin_glb_lt; assumption. Qed.
Lemma Rmin_ge_0 : forall a b, 0 <= a -> 0 <= b -> 0 <= Rmin a b.
Proof. intros a b H G. apply Rmin_glb; assumption. Qed.
Lemma rif_gt_0 : forall c a b, 0 < a -> 0 < b -> 0 < rif c a b.
Proof. intros [|] a b; simpl; auto. Qed.
Lemma rif_ge_0 : forall c a b, 0 <= a -> 0 <= b -> 0 <= rif c a b.
Proof. intros [|] a b; simpl; auto. Qed.
Lemma rif_same : forall i a b, rif (Nat.eqb i i) a b = a.
Proof. intros. rewrite Nat.eqb_refl. reflexivity. Qed.
Lemma rif_same_gt_0 : forall i a b, 0 < a -> 0 < rif (Nat.eqb i i) a b.
Proof. intros. rewrite rif_same. assumption. Qed.
Lemma rif_same_ge_0 : forall i a b, 0 <= a -> 0 <= rif (Nat.eqb i i) a b.
Proof. intros. rewrite rif_same. assumption. Qed.
Lemma rif_negb : forall c a b, rif (negb c) a b = rif c b a.
Proof. intros [|] a b; reflexivity. Qed.
Lemma rif_subst_r : forall a b (f : nat -> R), rif (Nat.eqb a b) 1 0 * f b = rif (Nat.eqb a b) 1 0 * f a.
Proof. intros. symmetry. apply rif_subst. Qed.

Lemma pow_defined_gt_0 : forall x a, 0 < x -> pow_defined x a.
Proof. intros x a H. left. exact H. Qed.
Lemma pow_defined_ge_0 : forall x a, 0 <= x -> 0 <= a -> pow_defined x a.
Proof. intros x a [H | H] A; [left; exact H | right; left; split; [symmetry; exact H | exact A]]. Qed.
Lemma pow_defined_whole : forall x z, x <> 0 -> pow_defined x (IZR z).
Proof. intros x z H. right. right. split; [exact H | exists z; reflexivity]. Qed.
Lemma pow_defined_natural : forall x n, pow_defined x (IZR (Z.of_nat n)).
Proof.
  intros x n. destruct (Rtotal_order 0 x) as [H | [H | H]]; [left; exact H | |].
  - right. left. split; [symmetry; exact H | apply IZR_le; lia].
  - right. right. split; [lra | eexists; reflexivity].
Qed.
Lemma pow_defined_apart : forall x a, a < 0 -> pow_defined x a -> x <> 0.
Proof. intros x a A [H | [[H L] | [H _]]]; [lra | lra | exact H]. Qed.
Lemma pow_defined_positive : forall x n d, IZR n / IZR d < 0 -> (1 < d)%Z -> Z.gcd n d = 1%Z ->
  pow_defined x (IZR n / IZR d) -> 0 < x.
Proof.
  intros x n d A D G [H | [[H L] | [H [z E]]]]; [exact H | lra |]. exfalso.
  assert (n = z * d)%Z as M.
  { apply eq_IZR. rewrite mult_IZR, <- E. field. apply not_0_IZR. lia. }
  assert (d | Z.gcd n d)%Z as X.
  { apply Z.gcd_greatest; [exists z; exact M | exists 1%Z; lia]. }
  rewrite G in X. apply Z.divide_pos_le in X; lia.
Qed.

Lemma difference_zero : forall a b, a + -1 * b = 0 -> a = b.
Proof. intros; lra. Qed.
Lemma vanishes : forall a b, a = b -> b + -1 * a = 0.
Proof. intros; lra. Qed.
Lemma difference_gt_0 : forall a b, a < b -> 0 < b + -1 * a.
Proof. intros; lra. Qed.
Lemma difference_ge_0 : forall a b, a <= b -> 0 <= b + -1 * a.
Proof. intros; lra. Qed.
Lemma zero_times : forall a b, a = 0 -> a * b = 0.
Proof. intros a b ->. ring. Qed.
Lemma times_zero : forall a b, b = 0 -> a * b = 0.
Proof. intros a b ->. ring. Qed.
Lemma rewritten : forall a b c d, a = c -> b = d -> c <= d -> a <= b.
Proof. intros; lra. Qed.

Lemma turned : forall c d, -1 * c = d -> 0 <= d -> c <= 0.
Proof. intros; lra. Qed.

Fixpoint mults (x : R) (n : nat) : R := match n with O => x | S m => mults x m * x end.
Lemma mults_pow : forall x n, mults x n = x ^ S n.
Proof. induction n as [|n IH]; simpl mults; [simpl; ring | rewrite IH; simpl; ring]. Qed.
Lemma rpow_whole : forall x n, rpow x (IZR (Z.of_nat (S n))) = mults x n.
Proof. intros. rewrite rpow_nat, mults_pow. reflexivity. Qed.
Lemma rpow_minus : forall x n, rpow x (IZR (- Z.of_nat (S n))) = mults (rpow x (-1)) n.
Proof. intros. rewrite rpow_neg_nat, mults_pow. reflexivity. Qed.

Lemma exp_of_product : forall a b x y, a = exp x -> b = exp y -> a * b = exp (x + y).
Proof. intros a b x y -> ->. symmetry. apply exp_plus. Qed.
Lemma exp_of_power : forall a e x, a = exp x -> rpow a e = exp (e * x).
Proof. intros a e x ->. rewrite rpow_pos by apply exp_pos. rewrite ln_exp. reflexivity. Qed.
Lemma exp_of_positive : forall a, 0 < a -> a = exp (ln a).
Proof. intros a H. symmetry. apply exp_ln, H. Qed.
Lemma exp_of_big_product : forall n f g, (forall k, (k < n)%nat -> f k = exp (g k)) -> rprod n f = exp (rsum n g).
Proof. intros n f g H. rewrite (rprod_ext n f (fun k => exp (g k)) H). apply rprod_exp. Qed.
Lemma exp_of_rif : forall c a b x y, a = exp x -> b = exp y -> rif c a b = exp (rif c x y).
Proof. intros [|] a b x y; simpl; auto. Qed.
Lemma ln_of_exp : forall a x, a = exp x -> ln a = x.
Proof. intros a x ->. apply ln_exp. Qed.
Lemma exp_int_ln : forall q e, 0 < q -> exp (IZR e * ln q) = powerRZ q e.
Proof. intros q e H. rewrite <- (rpow_pos q (IZR e) H), rpow_IZR. reflexivity. Qed.

(* Numbers whose logarithm is written through primes. *)
Ltac exp_of_number :=
  rewrite ?exp_plus, ?exp_0, ?exp_int_ln by lra; simpl; try reflexivity; try field; try lra.
Ltac number_power n :=
  match goal with
  | |- rpow ?x ?a = _ =>
      first [ rewrite (rpow_0_r x); lra
            | change a with (IZR (Z.of_nat n)); rewrite rpow_nat; simpl; field
            | change a with (IZR (- Z.of_nat n)); rewrite rpow_neg_nat, rpow_inv; simpl; field ]
  end.
Ltac extremum_bounds_two :=
  match goal with
  | |- ?a <= ?a => apply Rle_refl
  | |- ?a <= Rmax ?b ?c =>
      first [ apply Rle_trans with b; [extremum_bounds_two | apply Rmax_l]
            | apply Rle_trans with c; [extremum_bounds_two | apply Rmax_r] ]
  | |- Rmin ?b ?c <= ?a =>
      first [ apply Rle_trans with b; [apply Rmin_l | extremum_bounds_two]
            | apply Rle_trans with c; [apply Rmin_r | extremum_bounds_two] ]
  end.
Ltac same_extremum :=
  apply Rle_antisym; repeat first [apply Rmax_lub | apply Rmin_glb]; extremum_bounds_two.

(* ---- the rules ---- *)

(* The point is a convex combination of the points y 0, .., y (K - 1). *)
Definition in_hull (K V : nat) (x : nat -> R) (y : nat -> nat -> R) : Prop :=
  exists c : nat -> R, (forall k, (k < K)%nat -> 0 <= c k) /\ rsum K c = 1 /\
  forall i, (i < V)%nat -> x i = rsum K (fun k => c k * y k i).

Lemma hull_combination : forall K V x y c v, (forall i, (i < V)%nat -> x i = rsum K (fun k => v k * y k i)) ->
  rsum V (fun i => c i * x i) = rsum K (fun k => v k * rsum V (fun i => c i * y k i)).
Proof.
  intros K V x y c v E. rewrite (rsum_ext V _ (fun i => rsum K (fun k => v k * (c i * y k i)))).
  - rewrite rsum_swap. apply rsum_ext. intros. rewrite rsum_scal. reflexivity.
  - intros i Hi. rewrite (E i Hi), rsum_scal. apply rsum_ext. intros. ring.
Qed.
Lemma mean_le_rmax : forall K v f, (1 <= K)%nat -> (forall k, (k < K)%nat -> 0 <= v k) -> rsum K v = 1 ->
  rsum K (fun k => v k * f k) <= rmax K f.
Proof.
  intros K v f N P S. apply Rle_trans with (rsum K (fun k => v k * rmax K f)).
  - apply rsum_le. intros k Hk. apply Rmult_le_compat_l; [apply P, Hk | apply rmax_ub, Hk].
  - rewrite (rsum_ext K _ (fun k => rmax K f * v k)) by (intros; ring). rewrite <- rsum_scal, S. lra.
Qed.
Lemma rmin_le_mean : forall K v f, (1 <= K)%nat -> (forall k, (k < K)%nat -> 0 <= v k) -> rsum K v = 1 ->
  rmin K f <= rsum K (fun k => v k * f k).
Proof.
  intros K v f N P S. apply Rle_trans with (rsum K (fun k => v k * rmin K f)).
  - rewrite (rsum_ext K _ (fun k => rmin K f * v k)) by (intros; ring). rewrite <- rsum_scal, S. lra.
  - apply rsum_le. intros k Hk. apply Rmult_le_compat_l; [apply P, Hk | apply rmin_lb, Hk].
Qed.

Module Rules.

Lemma fact : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma assumption : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma instance : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma cases_order : forall (a b : R) (P : Prop), (a <= b -> P) -> (b <= a -> P) -> P.
Proof. intros a b P H G. destruct (Rle_dec a b) as [L | L]; [apply H, L | apply G; lra]. Qed.
Lemma cases_strict : forall (a b : R) (P : Prop), (a < b -> P) -> (b <= a -> P) -> P.
Proof. intros a b P H G. destruct (Rlt_le_dec a b); auto. Qed.
Lemma cases_zero : forall (x : R) (P : Prop), 0 <= x -> (x = 0 -> P) -> (0 < x -> P) -> P.
Proof. intros x P [L | E] H G; [apply G, L | apply H; symmetry; exact E]. Qed.
Lemma cases_index : forall (i j : nat) (P : Prop), (i = j -> P) -> (i <> j -> P) -> P.
Proof. intros i j P H G. destruct (Nat.eq_dec i j); auto. Qed.
Lemma cases_literal : forall (i n : nat) (P : Prop), (i = n -> P) -> ((i < n)%nat -> P) -> (i < S n)%nat -> P.
Proof. intros i n P H G L. destruct (Nat.eq_dec i n); [auto | apply G; lia]. Qed.
Lemma cases_literal_last : forall (i : nat) (P : Prop), (i < 0)%nat -> P.
Proof. intros i P H. lia. Qed.
Lemma contradiction : forall (a b : R) (P : Prop), a = b -> a <> b -> P.
Proof. intros; exfalso; auto. Qed.
Lemma contradiction_order : forall (a b : R) (P : Prop), a < b -> b <= a -> P.
Proof. intros; exfalso; lra. Qed.
Lemma positive_entry : forall n f (P : Prop), 0 < rsum n f ->
  (forall k, (k < n)%nat -> 0 < f k -> P) -> P.
Proof. intros n f P H G. destruct (rsum_positive_entry n f H) as [k [Hk L]]. apply (G k Hk L). Qed.
Lemma extremum_attained_maximum : forall n f (P : Prop), (1 <= n)%nat ->
  (forall k, (k < n)%nat -> f k = rmax n f -> P) -> P.
Proof. intros n f P H G. destruct (rmax_attained n f H) as [k [Hk E]]. apply (G k Hk (eq_sym E)). Qed.
Lemma extremum_attained_minimum : forall n f (P : Prop), (1 <= n)%nat ->
  (forall k, (k < n)%nat -> f k = rmin n f -> P) -> P.
Proof. intros n f P H G. destruct (rmin_attained n f H) as [k [Hk E]]. apply (G k Hk (eq_sym E)). Qed.

Lemma algebraic : forall a b : R, a = b -> a = b.
Proof. auto. Qed.
Lemma algebraic_using : forall a b d, a + -1 * b = d -> d = 0 -> a = b.
Proof. intros; lra. Qed.
Lemma powers : forall a b x y, a = exp x -> b = exp y -> x = y -> a = b.
Proof. intros a b x y -> -> ->. reflexivity. Qed.
Lemma powers_using : forall a b x y d, a = exp x -> b = exp y -> x + -1 * y = d -> d = 0 -> a = b.
Proof. intros a b x y d -> -> H G. f_equal. lra. Qed.
Lemma logarithms : forall a b, a + -1 * b = 0 -> a = b.
Proof. intros; lra. Qed.
Lemma congruence : forall a b : R, a = b -> a = b.
Proof. auto. Qed.
Lemma reindexing_sum : forall n s f, permutation n s -> rsum n (fun k => f (s k)) = rsum n f.
Proof. exact rsum_permutation. Qed.
Lemma reindexing_product : forall n s f, permutation n s -> rprod n (fun k => f (s k)) = rprod n f.
Proof. exact rprod_permutation. Qed.
Lemma reindexing_maximum : forall n s f, (1 <= n)%nat -> permutation n s ->
  rmax n (fun k => f (s k)) = rmax n f.
Proof. exact rmax_permutation. Qed.
Lemma reindexing_minimum : forall n s f, (1 <= n)%nat -> permutation n s ->
  rmin n (fun k => f (s k)) = rmin n f.
Proof. exact rmin_permutation. Qed.
Lemma power_of_zero : forall x a, x = 0 -> 0 < a -> rpow x a = 0.
Proof. intros x a -> H. apply rpow_0_l, H. Qed.
Lemma product_with_zero : forall n f m, (m < n)%nat -> f m = 0 -> rprod n f = 0.
Proof. exact rprod_zero. Qed.
Lemma extremum_of_constant_maximum : forall n c, rmax n (fun _ => c) = c.
Proof. exact rmax_const. Qed.
Lemma extremum_of_constant_minimum : forall n c, rmin n (fun _ => c) = c.
Proof. exact rmin_const. Qed.
Lemma extremum_of_multiple_maximum : forall n c x f, (1 <= n)%nat -> 0 <= c ->
  (forall k, (k < n)%nat -> f k = c * x k) -> rmax n f = c * rmax n x.
Proof.
  intros n c x f N C E. apply Rle_antisym.
  - apply rmax_lub; [exact N|]. intros k Hk. rewrite (E k Hk). apply Rmult_le_compat_l; [exact C | apply rmax_ub, Hk].
  - destruct (rmax_attained n x N) as [k [Hk ->]]. rewrite <- (E k Hk). apply rmax_ub, Hk.
Qed.
Lemma extremum_of_multiple_minimum : forall n c x f, (1 <= n)%nat -> 0 <= c ->
  (forall k, (k < n)%nat -> f k = c * x k) -> rmin n f = c * rmin n x.
Proof.
  intros n c x f N C E. apply Rle_antisym.
  - destruct (rmin_attained n x N) as [k [Hk ->]]. rewrite <- (E k Hk). apply rmin_lb, Hk.
  - apply rmin_glb; [exact N|]. intros k Hk. rewrite (E k Hk). apply Rmult_le_compat_l; [exact C | apply rmin_lb, Hk].
Qed.
Lemma extremum_of_multiple_maximum_falling : forall n c x f, (1 <= n)%nat -> c <= 0 ->
  (forall k, (k < n)%nat -> f k = c * x k) -> rmax n f = c * rmin n x.
Proof.
  intros n c x f N C E. apply Rle_antisym.
  - apply rmax_lub; [exact N|]. intros k Hk. rewrite (E k Hk). generalize (rmin_lb n x k Hk). intros. nra.
  - destruct (rmin_attained n x N) as [k [Hk ->]]. rewrite <- (E k Hk). apply rmax_ub, Hk.
Qed.
Lemma extremum_of_multiple_minimum_falling : forall n c x f, (1 <= n)%nat -> c <= 0 ->
  (forall k, (k < n)%nat -> f k = c * x k) -> rmin n f = c * rmax n x.
Proof.
  intros n c x f N C E. apply Rle_antisym.
  - destruct (rmax_attained n x N) as [k [Hk ->]]. rewrite <- (E k Hk). apply rmin_lb, Hk.
  - apply rmin_glb; [exact N|]. intros k Hk. rewrite (E k Hk). generalize (rmax_ub n x k Hk). intros. nra.
Qed.
Lemma branch_same : forall c x, rif c x x = x.
Proof. intros [|] x; reflexivity. Qed.
Lemma branch_Same_then : forall i j x y, i = j -> rif (Nat.eqb i j) x y = x.
Proof. intros i j x y ->. apply rif_same. Qed.
Lemma branch_Same_otherwise : forall i j x y, i <> j -> rif (Nat.eqb i j) x y = y.
Proof. intros i j x y H. apply Nat.eqb_neq in H. rewrite H. reflexivity. Qed.
Lemma branch_Distinct_then : forall i j x y, i <> j -> rif (negb (Nat.eqb i j)) x y = x.
Proof. intros i j x y H. rewrite rif_negb. apply branch_Same_otherwise, H. Qed.
Lemma branch_Distinct_otherwise : forall i j x y, i = j -> rif (negb (Nat.eqb i j)) x y = y.
Proof. intros i j x y H. rewrite rif_negb. apply branch_Same_then, H. Qed.
Lemma branch_Less_then : forall a b x y, a < b -> rif (if Rlt_dec a b then true else false) x y = x.
Proof. intros a b x y H. destruct (Rlt_dec a b); [reflexivity | contradiction]. Qed.
Lemma branch_Less_otherwise : forall a b x y, b <= a -> rif (if Rlt_dec a b then true else false) x y = y.
Proof. intros a b x y H. destruct (Rlt_dec a b); [lra | reflexivity]. Qed.
Lemma branch_AtMost_then : forall a b x y, a <= b -> rif (if Rle_dec a b then true else false) x y = x.
Proof. intros a b x y H. destruct (Rle_dec a b); [reflexivity | contradiction]. Qed.
Lemma branch_AtMost_otherwise : forall a b x y, b < a -> rif (if Rle_dec a b then true else false) x y = y.
Proof. intros a b x y H. destruct (Rle_dec a b); [lra | reflexivity]. Qed.
Lemma branch_Equal_then : forall a b x y, a = b -> rif (if Req_EM_T a b then true else false) x y = x.
Proof. intros a b x y H. destruct (Req_EM_T a b); [reflexivity | contradiction]. Qed.
Lemma branch_Different_then : forall a b x y, a <> b -> rif (if Req_EM_T a b then false else true) x y = x.
Proof. intros a b x y H. destruct (Req_EM_T a b); [contradiction | reflexivity]. Qed.
Lemma antisymmetry : forall a b, a <= b -> b <= a -> a = b.
Proof. intros; lra. Qed.

Lemma sign_of_parts : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma sum_with_positive_term : forall n f m, (m < n)%nat -> 0 < f m ->
  (forall k, (k < n)%nat -> 0 <= f k) -> 0 < rsum n f.
Proof. exact rsum_gt_0_one. Qed.
Lemma term_of_sum : forall n f m x, (m < n)%nat -> (forall k, (k < n)%nat -> 0 <= f k) -> x = f m -> x <= rsum n f.
Proof. intros n f m x Hm H ->. apply rsum_term_le; assumption. Qed.
Lemma maximum_with_positive_term : forall n f m, (m < n)%nat -> 0 < f m -> 0 < rmax n f.
Proof. intros n f m Hm H. generalize (rmax_ub n f m Hm). lra. Qed.
Lemma positive_unless_zero : forall x, 0 <= x -> x <> 0 -> 0 < x.
Proof. intros; lra. Qed.
Lemma chain : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma chain_eq_eq : forall a b c : R, a = b -> b = c -> a = c.
Proof. intros; lra. Qed.
Lemma chain_eq_le : forall a b c, a = b -> b <= c -> a <= c.
Proof. intros; lra. Qed.
Lemma chain_eq_lt : forall a b c, a = b -> b < c -> a < c.
Proof. intros; lra. Qed.
Lemma chain_le_eq : forall a b c, a <= b -> b = c -> a <= c.
Proof. intros; lra. Qed.
Lemma chain_le_le : forall a b c, a <= b -> b <= c -> a <= c.
Proof. intros; lra. Qed.
Lemma chain_le_lt : forall a b c, a <= b -> b < c -> a < c.
Proof. intros; lra. Qed.
Lemma chain_lt_eq : forall a b c, a < b -> b = c -> a < c.
Proof. intros; lra. Qed.
Lemma chain_lt_le : forall a b c, a < b -> b <= c -> a < c.
Proof. intros; lra. Qed.
Lemma chain_lt_lt : forall a b c, a < b -> b < c -> a < c.
Proof. intros; lra. Qed.
Lemma combination : forall a b d, b + -1 * a = d -> 0 <= d -> a <= b.
Proof. intros; lra. Qed.
Lemma combination_strict : forall a b d, b + -1 * a = d -> 0 < d -> a < b.
Proof. intros; lra. Qed.
Lemma logarithm_increases_strict : forall a b, 0 < a -> a < b -> ln a < ln b.
Proof. intros. apply ln_increasing; assumption. Qed.
Lemma logarithm_increases : forall a b, 0 < a -> a <= b -> ln a <= ln b.
Proof. intros a b H [L | ->]; [left; apply ln_increasing; assumption | right; reflexivity]. Qed.
Lemma exponential_increases_strict : forall a b, a < b -> exp a < exp b.
Proof. exact exp_increasing. Qed.
Lemma exponential_increases : forall a b, a <= b -> exp a <= exp b.
Proof. intros a b [L | ->]; [left; apply exp_increasing, L | right; reflexivity]. Qed.
Lemma exponential_tangent : forall t b, 1 + t = b -> b <= exp t.
Proof. intros t b <-. apply exp_ineq1_le. Qed.
Lemma logarithm_tangent : forall a b, 0 < a -> a + -1 = b -> ln a <= b.
Proof. intros a b H <-. pose proof (exp_ineq1_le (ln a)) as E. rewrite exp_ln in E by exact H. lra. Qed.
Lemma logarithm_tangent_of_inverse : forall a b, 0 < a -> 1 + (-1) * rpow a (-1) = b -> b <= ln a.
Proof.
  intros a b H <-. pose proof (exp_ineq1_le (- ln a)) as E.
  rewrite rpow_inv. rewrite exp_Ropp, exp_ln in E by exact H. lra.
Qed.
Lemma logarithm_decides_strict : forall a b, 0 < a -> 0 < b -> ln a < ln b -> a < b.
Proof. intros. apply ln_lt_inv; assumption. Qed.
Lemma logarithm_decides : forall a b, 0 < a -> 0 < b -> ln a <= ln b -> a <= b.
Proof.
  intros a b A B [L | E]; [left; apply ln_lt_inv; assumption | right; apply ln_inv; assumption].
Qed.
Lemma power_of_base_strict : forall x y a, 0 < a -> 0 <= x -> x < y -> rpow x a < rpow y a.
Proof.
  intros x y a A [X | <-] L.
  - rewrite !rpow_pos by lra. apply exp_increasing. apply Rmult_lt_compat_l; [exact A|].
    apply ln_increasing; assumption.
  - rewrite rpow_0_l by exact A. apply rpow_gt_0, L.
Qed.
Lemma power_of_base : forall x y a, 0 <= a -> 0 <= x -> x <= y -> rpow x a <= rpow y a.
Proof.
  intros x y a [A | <-] X [L | ->].
  - left. apply power_of_base_strict; assumption.
  - right. reflexivity.
  - rewrite !rpow_0_r. right. reflexivity.
  - right. reflexivity.
Qed.
Lemma power_of_base_negative_strict : forall x y a, a < 0 -> 0 < y -> y < x -> rpow x a < rpow y a.
Proof.
  intros x y a A Y L. rewrite !rpow_pos by lra. apply exp_increasing.
  assert (ln y < ln x) by (apply ln_increasing; assumption). nra.
Qed.
Lemma power_of_base_negative : forall x y a, a <= 0 -> 0 < y -> y <= x -> rpow x a <= rpow y a.
Proof.
  intros x y a A Y L. rewrite !rpow_pos by lra. apply exponential_increases.
  assert (ln y <= ln x) by (apply logarithm_increases; assumption). nra.
Qed.
Remark ln_ge_0 : forall x, 1 <= x -> 0 <= ln x.
Proof. intros x H. rewrite <- ln_1. apply logarithm_increases; lra. Qed.
Remark ln_le_0 : forall x, 0 < x -> x <= 1 -> ln x <= 0.
Proof. intros x P H. rewrite <- ln_1. apply logarithm_increases; lra. Qed.
Lemma power_of_exponent : forall x a b, 0 < x -> a <= b -> 1 <= x -> rpow x a <= rpow x b.
Proof.
  intros x a b P L H. rewrite !rpow_pos by exact P. apply exponential_increases.
  generalize (ln_ge_0 x H). intros. nra.
Qed.
Lemma power_of_exponent_falling : forall x a b, 0 < x -> b <= a -> x <= 1 -> rpow x a <= rpow x b.
Proof.
  intros x a b P L H. rewrite !rpow_pos by exact P. apply exponential_increases.
  generalize (ln_le_0 x P H). intros. nra.
Qed.
Lemma product_increases : forall n f g, (forall k, (k < n)%nat -> 0 <= f k) ->
  (forall k, (k < n)%nat -> f k <= g k) -> rprod n f <= rprod n g.
Proof. exact rprod_le. Qed.
Lemma extremum_bounds_maximum : forall n f k, (k < n)%nat -> f k <= rmax n f.
Proof. exact rmax_ub. Qed.
Lemma extremum_bounds_minimum : forall n f k, (k < n)%nat -> rmin n f <= f k.
Proof. exact rmin_lb. Qed.
Lemma extremum_is_least_bound_maximum : forall n f b, (1 <= n)%nat ->
  (forall k, (k < n)%nat -> f k <= b) -> rmax n f <= b.
Proof. exact rmax_lub. Qed.
Lemma extremum_is_least_bound_maximum_strict : forall n f b, (1 <= n)%nat ->
  (forall k, (k < n)%nat -> f k < b) -> rmax n f < b.
Proof. exact rmax_lub_lt. Qed.
Lemma extremum_is_least_bound_minimum : forall n f b, (1 <= n)%nat ->
  (forall k, (k < n)%nat -> b <= f k) -> b <= rmin n f.
Proof. exact rmin_glb. Qed.
Lemma extremum_is_least_bound_minimum_strict : forall n f b, (1 <= n)%nat ->
  (forall k, (k < n)%nat -> b < f k) -> b < rmin n f.
Proof. exact rmin_glb_lt. Qed.
Lemma extremum_is_least_bound_two_maximum : forall a b c, a <= c -> b <= c -> Rmax a b <= c.
Proof. intros. apply Rmax_lub; assumption. Qed.
Lemma extremum_is_least_bound_two_maximum_strict : forall a b c, a < c -> b < c -> Rmax a b < c.
Proof. intros. apply Rmax_lub_lt; assumption. Qed.
Lemma extremum_is_least_bound_two_minimum : forall a b c, c <= a -> c <= b -> c <= Rmin a b.
Proof. intros. apply Rmin_glb; assumption. Qed.
Lemma extremum_is_least_bound_two_minimum_strict : forall a b c, c < a -> c < b -> c < Rmin a b.
Proof. intros. apply Rmin_glb_lt; assumption. Qed.
Lemma quotient_strict : forall a b c d x y, x = a * rpow b (-1) -> y = c * rpow d (-1) ->
  0 < b -> 0 < d -> a * d < c * b -> x < y.
Proof.
  intros a b c d x y -> -> B D H. rewrite !rpow_inv.
  apply Rmult_lt_reg_r with (b * d); [apply Rmult_lt_0_compat; assumption|].
  replace (a * / b * (b * d)) with (a * d) by (field; lra).
  replace (c * / d * (b * d)) with (c * b) by (field; lra). exact H.
Qed.
Lemma quotient : forall a b c d x y, x = a * rpow b (-1) -> y = c * rpow d (-1) ->
  0 < b -> 0 < d -> a * d <= c * b -> x <= y.
Proof.
  intros a b c d x y -> -> B D H. rewrite !rpow_inv.
  apply Rmult_le_reg_r with (b * d); [apply Rmult_lt_0_compat; assumption|].
  replace (a * / b * (b * d)) with (a * d) by (field; lra).
  replace (c * / d * (b * d)) with (c * b) by (field; lra). exact H.
Qed.

Lemma defined : forall P : Prop, P -> P.
Proof. auto. Qed.
Lemma defined_part : forall P : Prop, P -> P.
Proof. auto. Qed.

Lemma hull : forall K V x y c, (forall k, (k < K)%nat -> 0 <= c k) -> rsum K c = 1 ->
  (forall i, (i < V)%nat -> x i = rsum K (fun k => c k * y k i)) -> in_hull K V x y.
Proof. intros K V x y c A B C. exists c. auto. Qed.

Lemma hull_bound_maximum : forall K V x y c, (1 <= K)%nat -> in_hull K V x y ->
  rsum V (fun i => c i * x i) <= rmax K (fun k => rsum V (fun i => c i * y k i)).
Proof.
  intros K V x y c N [v [P [S E]]]. rewrite (hull_combination K V x y c v E). apply mean_le_rmax; assumption.
Qed.
Lemma hull_bound_minimum : forall K V x y c, (1 <= K)%nat -> in_hull K V x y ->
  rmin K (fun k => rsum V (fun i => c i * y k i)) <= rsum V (fun i => c i * x i).
Proof.
  intros K V x y c N [v [P [S E]]]. rewrite (hull_combination K V x y c v E). apply rmin_le_mean; assumption.
Qed.
Lemma hull_coordinate_maximum : forall K V x y n, (1 <= K)%nat -> (n < V)%nat -> in_hull K V x y ->
  x n <= rmax K (fun k => y k n).
Proof. intros K V x y n N L [v [P [S E]]]. rewrite (E n L). apply mean_le_rmax; assumption. Qed.
Lemma hull_coordinate_minimum : forall K V x y n, (1 <= K)%nat -> (n < V)%nat -> in_hull K V x y ->
  rmin K (fun k => y k n) <= x n.
Proof. intros K V x y n N L [v [P [S E]]]. rewrite (E n L). apply rmin_le_mean; assumption. Qed.
Lemma hull_of_two_outcomes : forall K x y, (1 <= K)%nat -> rsum 2 x = 1 ->
  (forall k, (k < K)%nat -> rsum 2 (y k) = 1) ->
  rmin K (fun k => y k 0%nat) <= x 0%nat -> x 0%nat <= rmax K (fun k => y k 0%nat) -> in_hull K 2 x y.
Proof.
  intros K x y N X Y L U.
  destruct (rmax_attained K (fun k => y k 0%nat) N) as [a [A Ea]]. rewrite Ea in U. clear Ea.
  destruct (rmin_attained K (fun k => y k 0%nat) N) as [b [B Eb]]. rewrite Eb in L. clear Eb.
  assert (exists t, 0 <= t /\ t <= 1 /\ x 0%nat = t * y a 0%nat + (1 - t) * y b 0%nat) as [t [T0 [T1 E]]].
  { destruct (Req_dec (y a 0%nat) (y b 0%nat)) as [Q | Q].
    - exists 1. lra.
    - assert (0 < y a 0%nat - y b 0%nat) as D by lra.
      exists ((x 0%nat - y b 0%nat) / (y a 0%nat - y b 0%nat)). split; [|split].
      + apply Rmult_le_pos; [lra | apply Rlt_le, Rinv_0_lt_compat, D].
      + apply Rmult_le_reg_r with (y a 0%nat - y b 0%nat); [exact D|].
        unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
      + field. lra. }
  assert (forall f, rsum K (fun k => (t * rif (Nat.eqb k a) 1 0 + (1 - t) * rif (Nat.eqb k b) 1 0) * f k)
          = t * f a + (1 - t) * f b) as F.
  { intros f.
    rewrite (rsum_ext K _ (fun k => t * (rif (Nat.eqb k a) 1 0 * f k) + (1 - t) * (rif (Nat.eqb k b) 1 0 * f k)))
      by (intros; ring).
    rewrite rsum_plus, <- !rsum_scal, !rsum_delta by assumption. reflexivity. }
  exists (fun k => t * rif (Nat.eqb k a) 1 0 + (1 - t) * rif (Nat.eqb k b) 1 0). split; [|split].
  - intros k _. unfold rif. destruct (Nat.eqb k a), (Nat.eqb k b); lra.
  - rewrite (rsum_ext K _ (fun k => (t * rif (Nat.eqb k a) 1 0 + (1 - t) * rif (Nat.eqb k b) 1 0) * 1))
      by (intros; ring). rewrite (F (fun _ => 1)). lra.
  - intros i I. rewrite (F (fun k => y k i)).
    generalize (Y a A) (Y b B). simpl in *. destruct i as [|[|i]]; [intros _ _; exact E | | lia].
    intros Ya Yb. replace (y a 1%nat) with (1 - y a 0%nat) by lra. replace (y b 1%nat) with (1 - y b 0%nat) by lra.
    replace (x 1%nat) with (1 - x 0%nat) by lra. rewrite E. ring.
Qed.


(* On each box of a subdivision Interval shows the sign of the gap. *)
Lemma enclosure : forall a b, 0 <= b - a -> a <= b.
Proof. intros a b H. lra. Qed.
Lemma enclosure_strict : forall a b, 0 < b - a -> a < b.
Proof. intros a b H. lra. Qed.
Lemma enclosure_fails : forall (P : Prop) a b, a <= b -> 0 < a - b -> P.
Proof. intros P a b H G. lra. Qed.
Lemma enclosure_fails_strict : forall (P : Prop) a b, a < b -> 0 <= a - b -> P.
Proof. intros P a b H G. lra. Qed.
Lemma enclosure_fails_below : forall (P : Prop) a b, a = b -> 0 < a - b -> P.
Proof. intros P a b H G. lra. Qed.
Lemma enclosure_fails_above : forall (P : Prop) a b, a = b -> 0 < b - a -> P.
Proof. intros P a b H G. lra. Qed.

Lemma second_derivative_gap : forall a b, 0 <= b + -1 * a -> a <= b.
Proof. intros a b H. lra. Qed.
(* f(x) = f(e) + f'(e) (x - e) + a remainder with the sign of f'', by the mean value theorem, twice. *)
Lemma second_derivative : forall (f g h : R -> R) e x,
  (forall t, Rmin e x <= t <= Rmax e x -> derivable_pt_lim f t (g t)) ->
  (forall t, Rmin e x <= t <= Rmax e x -> derivable_pt_lim g t (h t)) ->
  (forall t, Rmin e x <= t <= Rmax e x -> 0 <= h t) -> f e = 0 -> g e = 0 -> 0 <= f x.
Proof.
  intros f g h e x F G P E S. destruct (Rtotal_order e x) as [L | [<- | L]]; [| lra |].
  - rewrite Rmin_left, Rmax_right in * by lra.
    destruct (MVT_cor2 f g e x L F) as [c [A C]].
    destruct (MVT_cor2 g h e c (proj1 C)) as [d [B D]]; [intros t T; apply G; lra|].
    assert (0 <= h d) as Q by (apply P; lra).
    assert (0 <= h d * (c - e)) by (apply Rmult_le_pos; lra).
    assert (0 <= g c * (x - e)) by (apply Rmult_le_pos; lra). lra.
  - rewrite Rmin_right, Rmax_left in * by lra.
    destruct (MVT_cor2 f g x e L F) as [c [A C]].
    destruct (MVT_cor2 g h c e (proj2 C)) as [d [B D]]; [intros t T; apply G; lra|].
    assert (0 <= h d) as Q by (apply P; lra).
    assert (0 <= h d * (e - c)) by (apply Rmult_le_pos; lra).
    assert (0 <= (- g c) * (e - x)) by (apply Rmult_le_pos; lra). lra.
Qed.

End Rules.

(* Three rules whose lemma is a tactic, as they speak of numbered indices and of finite maxima. *)
Ltac extremum_bounds := extremum_bounds_two.
Ltac distinct_literals := let H := fresh in intro H; discriminate H.
Ltac same_index same premise := generalize premise; rewrite ?same; exact (fun given => given).
